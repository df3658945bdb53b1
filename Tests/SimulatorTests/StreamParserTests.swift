import Foundation
import Testing

@testable import Simulator

@Suite("What takes a client's frames apart", .timeLimit(.minutes(1)))
struct StreamParserTests {
    @Test("WebSocket frames come out the same however their bytes are cut")
    func cutFrames() throws {
        let payload = (0..<70_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let bytes = RawWebSocket.frame(opcode: 2, payload) + RawWebSocket.frame(opcode: 8, [0x03, 0xe8])
        for size in [1, 2, 3, 7, 126, 4096, 70_020] {
            var decoder = WebSocketDecoder()
            var events: [WebSocketDecoder.Event] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                events += try decoder.feed(Array(bytes[start..<min(bytes.count, start + size)]))
            }
            var joined: [UInt8] = []
            for case .data(let piece, _, _) in events { joined += piece }
            #expect(joined == payload)
            #expect(events.last == .close(code: 1000))
        }
    }

    @Test(
        "what is no client's frame is refused",
        arguments: [
            ([0x82, 0x00], WebSocketDecoder.Problem.unmasked), ([0xc2, 0x80], .reservedBits),
            ([0x83, 0x80, 0, 0, 0, 0], .unknownOpcode(3)), ([0x80, 0x80, 0, 0, 0, 0], .badContinuation),
            ([0x09, 0x80, 0, 0, 0, 0], .badControlFrame),
        ] as [([UInt8], WebSocketDecoder.Problem)])
    func badFrames(bytes: [UInt8], problem: WebSocketDecoder.Problem) {
        var decoder = WebSocketDecoder()
        #expect(throws: problem) { try decoder.feed(bytes) }
    }

    @Test("no bytes make the WebSocket decoder or the SPDY decoder trap")
    func noise() {
        var generator = SeededGenerator(seed: 7, "noise")
        for _ in 0..<3000 {
            var bytes = (0..<Int.random(in: 0...64, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            var webSocket = WebSocketDecoder()
            _ = try? webSocket.feed(bytes)  // Refusing is well; trapping is not.
            if bytes.count > 4 {
                bytes.replaceSubrange(0..<4, with: [0x80, 3, 0, UInt8.random(in: 0...10, using: &generator)])
            }
            var spdy = SPDYDecoder()
            _ = try? spdy.feed(bytes)  // The same.
            _ = try? SPDYHeaderBlock(deflates: false).read(bytes)  // The same.
        }
    }

    @Test("SPDY frames are read as they are written")
    func spdyFrames() throws {
        let frames: [SPDYFrame] = [
            .synStream(id: 1, isLast: false, block: [1, 2, 3]), .synReply(id: 1, isLast: true, block: [4]),
            .reset(id: 3, status: 5), .ping(id: 0x8000_0001), .goAway(lastGood: 9, status: 0),
            .windowUpdate(id: 1, delta: 70_000), .data(id: 5, isLast: true, [7, 8]),
        ]
        var decoder = SPDYDecoder()
        var found: [SPDYFrame] = []
        for byte in frames.flatMap(\.bytes) { found += try decoder.feed([byte]) }
        #expect(found == frames)
    }

    @Test("header blocks share one zlib stream with SPDY's dictionary")
    func headerBlocks() throws {
        let (writer, reader) = (SPDYHeaderBlock(deflates: true), SPDYHeaderBlock(deflates: false))
        let headers = ["streamtype": "data", "port": "8080", "requestid": "0"]
        let first = writer.written(headers)
        let second = writer.written(headers)
        #expect(try reader.read(first) == headers)
        #expect(try reader.read(second) == headers)
        #expect(second.count < first.count)
        #expect(SPDYDictionary.bytes.count == 1423)
    }

    @Test("a frame of another version of SPDY is refused")
    func otherVersion() {
        var decoder = SPDYDecoder()
        #expect(throws: SPDYDecoder.Problem.version(2)) { try decoder.feed([0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1]) }
    }
}
