import Testing

@testable import HTTP

@Suite("The frames of a WebSocket client")
struct WebSocketEncoderTests {
    @Test("RFC 6455's own example of a masked text")
    func example() {
        #expect(
            WebSocketEncoder.frame(WebSocketMessage(Array("Hello".utf8), .text), mask: 0x37FA_213D)
                == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
    }

    @Test("every length from 0 to 40 is masked to its last byte")
    func everyLength() {
        for length in 0...40 {
            let payload = (0..<length).map { UInt8($0) }
            let frame = WebSocketEncoder.frame(WebSocketMessage(payload), mask: 0x0102_0304)
            let mask: [UInt8] = [1, 2, 3, 4]
            #expect(Array(frame[..<6]) == [0x82, 0x80 | UInt8(length)] + mask)
            #expect(frame[6...].enumerated().map { $1 ^ mask[$0 % 4] } == payload)
        }
    }

    @Test("long messages have lengths of two and of eight bytes")
    func longLengths() {
        let middle = WebSocketEncoder.frame(WebSocketMessage([UInt8](repeating: 0, count: 65535)), mask: 0)
        let long = WebSocketEncoder.frame(WebSocketMessage([UInt8](repeating: 0, count: 65536)), mask: 0)
        #expect(Array(middle[..<8]) == [0x82, 0xFE, 0xFF, 0xFF, 0, 0, 0, 0])
        #expect(Array(long[..<14]) == [0x82, 0xFF, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
        #expect(middle.count == 65543)
        #expect(long.count == 65550)
    }

    @Test("control frames")
    func controls() {
        #expect(WebSocketEncoder.ping(mask: 0) == [0x89, 0x80, 0, 0, 0, 0])
        #expect(WebSocketEncoder.pong([7], mask: 0) == [0x8A, 0x81, 0, 0, 0, 0, 7])
        #expect(WebSocketEncoder.close(code: 1000, mask: 0) == [0x88, 0x82, 0, 0, 0, 0, 0x03, 0xE8])
    }
}
