import Foundation
import Testing

@testable import HTTP

@Suite("The frames of a WebSocket server")
struct WebSocketDecoderTests {
    @Test("however the bytes are cut, the same messages come out")
    func everySplit() throws {
        let raw = Self.conversation
        let whole = try events(in: [raw])
        #expect(whole.count == 7)
        for cut in 0...raw.count {
            #expect(try events(in: [Array(raw[..<cut]), Array(raw[cut...])]) == whole, "cut at \(cut)")
        }
        #expect(try events(in: raw.map { [$0] }) == whole)
    }

    @Test(
        "a recorded server's frames are read whole, whatever the cut",
        arguments: ["ws-v5-tty-shell", "ws-v5-command", "ws-portforward-v4", "ws-watch-with-origin", "ws-attach"])
    func recordings(_ name: String) throws {
        let raw = try Self.recording(name)
        let whole = try events(in: [raw])
        #expect(whole.count > 2)
        for step in [1, 2, 3, 7, 125, 1000] {
            let pieces = stride(from: 0, to: raw.count, by: step).map { Array(raw[$0..<min($0 + step, raw.count)]) }
            #expect(try events(in: pieces) == whole)
        }
    }

    @Test("a message in fragments is one, with a ping between them")
    func fragments() throws {
        let raw: [UInt8] = [0x01, 2, 0x61, 0x62, 0x89, 1, 0x70, 0x00, 0, 0x80, 1, 0x63]
        #expect(
            try events(in: [raw]) == [.ping([0x70]), .message(WebSocketMessage(Array("abc".utf8), .text))])
    }

    @Test("lengths of two and of eight bytes are read")
    func lengths() throws {
        let middle: [UInt8] = [0x82, 126, 1, 0] + [UInt8](repeating: 7, count: 256)
        let long: [UInt8] = [0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0] + [UInt8](repeating: 8, count: 65536)
        #expect(
            try events(in: [middle + long]) == [
                .message(WebSocketMessage([UInt8](repeating: 7, count: 256))),
                .message(WebSocketMessage([UInt8](repeating: 8, count: 65536))),
            ])
    }

    @Test("after a goodbye nothing is read any more")
    func afterClose() throws {
        #expect(
            try events(in: [[0x88, 4, 0x03, 0xE8, 0x6F, 0x6B, 0xFF, 0xFF]]) == [
                .close(WebSocketClose(code: 1000, reason: "ok"))
            ])
        #expect(try events(in: [[0x88, 0]]) == [.close(WebSocketClose())])
    }

    @Test(
        "what is against the protocol is named",
        arguments: [
            ([0x83, 0], "it sent a WebSocket frame of the unknown sort 3"),
            ([0xC2, 0], "it uses a WebSocket extension that was not agreed on"),
            ([0x82, 0x80, 1, 2, 3, 4], "it masks its WebSocket frames, as only clients do"),
            ([0x09, 0], "it sent a WebSocket control frame that is too long or in pieces"),
            ([0x89, 126, 0, 126], "it sent a WebSocket control frame that is too long or in pieces"),
            ([0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0], "it sent a WebSocket frame of an impossible length"),
            ([0x80, 0], "it goes on with a WebSocket message that it has not begun"),
            ([0x02, 0, 0x82, 0], "it begins a WebSocket message inside another"),
            ([0x88, 1, 3], "its closing frame is cut short"),
        ] as [([UInt8], String)])
    func violations(_ raw: [UInt8], _ words: String) {
        let error = #expect(throws: WebSocketViolation.self) { try events(in: [raw]) }
        #expect(error == WebSocketViolation(code: 1002, detail: words))
    }

    @Test("a message beyond the limit is refused before its bytes have come")
    func tooLong() throws {
        let error = #expect(throws: WebSocketViolation.self) {
            try events(in: [[0x82, 127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]])
        }
        #expect(
            error == WebSocketViolation(code: 1009, detail: "it sent a WebSocket message longer than 16777216 bytes"))
        var small = WebSocketDecoder(longest: 3)
        let fragments: [UInt8] = [0x02, 2, 1, 2, 0x80, 2, 3, 4]
        #expect(throws: WebSocketViolation.self) {
            try fragments.withUnsafeBytes { try small.take($0) { _ in } }
        }
    }

    static func recording(_ name: String) throws -> [UInt8] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return Array(try Data(contentsOf: folder.appending(path: "Fixtures/kubernetes/exec/\(name)/server.raw")))
    }

    /// Text, an empty message, three fragments, control frames between, a message with a length of two bytes, a goodbye.
    private static let conversation: [UInt8] =
        [0x81, 2, 0x68, 0x69] + [0x82, 0] + [0x02, 1, 1, 0x00, 2, 2, 3] + [0x8A, 2, 9, 9] + [0x80, 1, 4]
        + [0x89, 0] + [0x82, 126, 0, 200] + [UInt8](repeating: 5, count: 200) + [0x88, 2, 0x03, 0xE8]

    private func events(in pieces: [[UInt8]]) throws -> [WebSocketDecoder.Event] {
        var decoder = WebSocketDecoder()
        var events: [WebSocketDecoder.Event] = []
        for piece in pieces { try piece.withUnsafeBytes { try decoder.take($0) { events.append($0) } } }
        return events
    }
}
