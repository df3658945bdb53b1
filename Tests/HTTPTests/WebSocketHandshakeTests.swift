import Foundation
import Testing

@testable import HTTP

@Suite("The opening of a WebSocket")
struct WebSocketHandshakeTests {
    private static let address = HTTPAddress("https://one.test:6443/api?x=1")!
    private static let nonce = Array("the sample nonce".utf8)

    @Test("asks as RFC 6455 wants it")
    func request() throws {
        let request = HTTPRequest(.get, Self.address.text, headers: ["Authorization": "Bearer t"])
        let handshake = try WebSocketHandshake(
            request, to: Self.address, protocols: ["v5.channel.k8s.io", "v4.channel.k8s.io"], nonce: Self.nonce,
            userAgent: "midwatch/0.1")
        #expect(
            String(decoding: handshake.requestBytes, as: UTF8.self) == """
                GET /api?x=1 HTTP/1.1\r
                Host: one.test:6443\r
                User-Agent: midwatch/0.1\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r
                Authorization: Bearer t\r
                \r

                """)
    }

    @Test("RFC 6455's own key has its own proof")
    func proof() {
        #expect(WebSocketHandshake.accept(for: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test(
        "a recorded server's proof is the one we expect",
        arguments: ["ws-v5-ok", "ws-attach", "ws-portforward-v4", "ws-bearer-in-protocol", "ws-no-protocol"])
    func recorded(_ name: String) throws {
        let request = try Self.text(name, "request.txt")
        let answer = try Self.text(name, "response-headers.txt")
        let key = try #require(Self.field("Sec-WebSocket-Key", in: request))
        #expect(Self.field("Sec-WebSocket-Accept", in: answer) == WebSocketHandshake.accept(for: key))
    }

    @Test("the first byte after the head is the first frame's, wherever the pieces end")
    func granted() throws {
        let answer = Answer.granted(protocol: "v5.channel.k8s.io") + "\u{82}x"
        let bytes = Array(answer.unicodeScalars.map { UInt8($0.value) })
        for cut in 1..<bytes.count - 2 {
            var handshake = try Self.handshake()
            #expect(try handshake.take(Array(bytes[..<cut])) == .more)
            let step = try handshake.take(Array(bytes[cut...]))
            #expect(step == .open(subprotocol: "v5.channel.k8s.io", used: bytes.count - cut - 2))
        }
    }

    @Test("a refusal comes with its body: counted, in chunks, or up to the end")
    func refused() throws {
        var counted = try Self.handshake()
        let head = "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n"
        #expect(try counted.take(Array((head + "Content-Length: 4\r\n\r\n{\"a").utf8)) == .more)
        let four = HTTPResponse(
            head: HTTPHead(status: 403, headers: ["Content-Type": "application/json", "Content-Length": "4"]),
            body: Array("{\"a}".utf8))
        #expect(try counted.take(Array("}".utf8)) == .refused(four))

        var chunked = try Self.handshake()
        let pieces = "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n1\r\nc\r\n0\r\nTrailer: t\r\n\r\n"
        let step = try Array((head + pieces).utf8).map { try chunked.take([$0]) }.last
        guard case .refused(let response) = step else { throw Unexpected() }
        #expect(response.body == Array("abc".utf8))

        var open = try Self.handshake()
        #expect(try open.take(Array((head + "\r\nwords").utf8)) == .more)
        guard case .refused(let response) = try open.end() else { throw Unexpected() }
        #expect(response.body == Array("words".utf8))
        #expect(response.status == 403)
    }

    @Test(
        "what is no proper answer is named",
        arguments: [
            ("SSH-2.0-OpenSSH_9.2\r\n", "its answer is no HTTP/1.1"),
            (
                Answer.granted(protocol: "").replacing("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", with: "bm90IGl0"),
                "its WebSocket handshake has the wrong proof"
            ),
            (Answer.granted(protocol: "v9"), "it chose a WebSocket subprotocol that was not offered"),
            (
                Answer.granted(protocol: "").replacing("websocket", with: "h2c"),
                "it switches to another protocol than WebSocket"
            ),
            (
                Answer.granted(protocol: "").replacing(
                    "\r\n\r\n", with: "\r\nSec-WebSocket-Extensions: deflate\r\n\r\n"),
                "it uses a WebSocket extension that was not agreed on"
            ),
            ("HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "its chunked answer is broken"),
        ])
    func violations(_ answer: String, _ detail: String) throws {
        var handshake = try Self.handshake()
        let error = #expect(throws: HTTPError.self) { try handshake.take(Array(answer.utf8)) }
        #expect(error == HTTPError(.protocolViolation, target: "https://one.test:6443", detail: detail))
    }

    @Test("a connection that closes without an answer, and a header that would break the line")
    func closedAndUnsafe() throws {
        var handshake = try Self.handshake()
        #expect(throws: HTTPError.self) { try handshake.end() }
        let request = HTTPRequest(.get, Self.address.text, headers: ["X": "a\r\nY: b"])
        #expect(throws: HTTPError.self) {
            try WebSocketHandshake(request, to: Self.address, protocols: [], nonce: Self.nonce, userAgent: "m")
        }
    }

    private static func handshake() throws -> WebSocketHandshake {
        try WebSocketHandshake(
            HTTPRequest(.get, address.text), to: address, protocols: ["v5.channel.k8s.io"], nonce: nonce,
            userAgent: "midwatch/0.1")
    }

    private static func text(_ name: String, _ file: String) throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try String(
            contentsOf: folder.appending(path: "Fixtures/kubernetes/exec/\(name)/\(file)"), encoding: .utf8)
    }

    private static func field(_ name: String, in text: String) -> String? {
        text.split(whereSeparator: \.isNewline).first { $0.hasPrefix(name + ": ") }.map {
            String($0.dropFirst(name.count + 2))
        }
    }

    private struct Unexpected: Error {}
}

extension WebSocketHandshake {
    fileprivate mutating func take(_ bytes: [UInt8]) throws -> Step { try bytes.withUnsafeBytes { try take($0) } }
}

/// What a server says that grants the upgrade for the nonce of these tests.
private enum Answer {
    static func granted(protocol name: String) -> String {
        let chosen = name.isEmpty ? "" : "Sec-WebSocket-Protocol: \(name)\r\n"
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\(chosen)\r\n"
    }
}
