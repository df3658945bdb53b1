import Dispatch
import HTTP
import Synchronization
import Testing

@testable import CurlHTTP

@Suite("A WebSocket over a connection")
struct WebSocketTests {
    /// An engine that asks nobody whether they are still there: on a busy machine these peers answer late.
    private static let patient = CurlEngine(
        pulse: CurlPulse.Limits(quiet: 3600_000_000_000, answer: 3600_000_000_000))
    private let transport = CurlTransport(settings: HTTPServerSettings(), engine: patient)

    @Test("is opened, speaks both ways, and says goodbye")
    func roundTrip() async throws {
        let goodbye = Gate<[UInt8]>()
        let head = Gate<String>()
        let server = RawServer { connection in
            head.open(connection.shakeHands(subprotocol: "v5.channel.k8s.io"))
            while let frame = connection.readFrame() {
                if frame.opcode == 8 {
                    goodbye.open(frame.payload)
                    return connection.sendFrame(frame.payload, opcode: 8)
                }
                connection.sendFrame(frame.payload.reversed())
            }
        }
        defer { server.stop() }
        let request = HTTPRequest(.get, server.origin + "/exec?command=sh", headers: ["Authorization": "Bearer t"])
        let webSocket = try await open(request, protocols: ["v5.channel.k8s.io", "v4.channel.k8s.io"])
        #expect(webSocket.subprotocol == "v5.channel.k8s.io")
        try await webSocket.send(WebSocketMessage(Array("abc".utf8)))
        #expect(try await webSocket.next() == WebSocketMessage(Array("cba".utf8)))
        await webSocket.close(code: 1000)
        #expect(try await webSocket.next() == nil)
        #expect(await goodbye.value == [0x03, 0xE8])
        let asked = await head.value
        #expect(asked.hasPrefix("GET /exec?command=sh HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
        #expect(asked.contains("\r\nAuthorization: Bearer t\r\n"))
        #expect(asked.contains("\r\nSec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n"))
    }

    @Test("frames in the same piece as the answer's head are not lost")
    func framesWithHead() async throws {
        let server = RawServer { connection in
            connection.shakeHands(then: RawConnection.frame([1, 2]) + RawConnection.frame([], opcode: 8))
            connection.waitForClose()
        }
        defer { server.stop() }
        let webSocket = try await open(HTTPRequest(.get, server.origin))
        #expect(try await webSocket.next() == WebSocketMessage([1, 2]))
        #expect(try await webSocket.next() == nil)
    }

    @Test("a refusal is an answer with its body")
    func refused() async throws {
        let server = RawServer { $0.answer(#"{"kind":"Status"}"#, status: "403 Forbidden") }
        defer { server.stop() }
        let opening = try await transport.webSocket(HTTPRequest(.get, server.origin), protocols: ["v5"])
        guard case .refused(let answer) = opening else { throw Unexpected() }
        #expect(answer.status == 403)
        #expect(answer.body == Array(#"{"kind":"Status"}"#.utf8))
    }

    @Test("nobody there, and nobody answering")
    func failures() async throws {
        let nobody = await #expect(throws: HTTPError.self) {
            try await open(HTTPRequest(.get, "http://127.0.0.1:\(Loopback.closedPort())"))
        }
        #expect(nobody?.reason == .refused)
        let server = RawServer { $0.waitForClose() }
        defer { server.stop() }
        let silent = await #expect(throws: HTTPError.self) {
            try await open(HTTPRequest(.get, server.origin, limits: HTTPLimits(answer: 0.2)))
        }
        #expect(
            silent == HTTPError(.timedOut(phase: "answer"), target: server.origin, detail: "no answer within 0.2 s"))
    }

    @Test("a ping is answered with its own words")
    func pong() async throws {
        let answer = Gate<[UInt8]>()
        let server = RawServer { connection in
            connection.shakeHands()
            connection.sendFrame(Array("are you there".utf8), opcode: 9)
            answer.open(connection.readFrame()?.payload ?? [])
            connection.waitForClose()
        }
        defer { server.stop() }
        let webSocket = try await open(HTTPRequest(.get, server.origin))
        #expect(await answer.value == Array("are you there".utf8))
        await webSocket.close(code: 1000)
    }

    @Test("nobody reading slows the peer down; reading gets every byte")
    func backPressureIn() async throws {
        let total = 32 << 20
        let blocked = Gate<Int>()
        let server = RawServer { connection in
            connection.shakeHands()
            let frame = RawConnection.frame([UInt8](repeating: 7, count: 32 << 10))
            var sent = 0
            connection.send([0x82, 127] + (0..<8).map { UInt8(truncatingIfNeeded: (1 << 20) >> (56 - 8 * $0)) })
            sent = connection.sendUntilBlocked(most: 1 << 20)
            connection.send([UInt8](repeating: 7, count: (1 << 20) - sent))
            for _ in 1..<total / (32 << 10) - 31 {
                connection.send(frame)
                sent += 1
            }
            connection.sendFrame([0x03, 0xE8], opcode: 8)
            blocked.open(sent)
            connection.waitForClose()
        }
        defer { server.stop() }
        let webSocket = try await open(HTTPRequest(.get, server.origin))
        var count = 0
        while let message = try await webSocket.next() { count += message.bytes.count }
        #expect(count == total)
        _ = await blocked.value
    }

    @Test("a peer that takes nothing holds the sender back; what it takes later is whole")
    func backPressureOut() async throws {
        let go = DispatchSemaphore(value: 0)
        let received = Gate<Int>()
        let server = RawServer { connection in
            connection.shakeHands()
            go.wait()
            var count = 0
            // On a slow machine a ping comes between.
            while let frame = connection.readMaskedFrame(), frame.opcode != 8 {
                if frame.opcode == 2 { count += frame.payload.count }
            }
            received.open(count)
            connection.sendFrame([0x03, 0xE8], opcode: 8)
        }
        defer { server.stop() }
        let webSocket = try await open(HTTPRequest(.get, server.origin))
        let sent = Mutex(0)
        let message = WebSocketMessage([UInt8](repeating: 9, count: 256 << 10))
        let sending = Task {
            for _ in 0..<128 {
                try await webSocket.send(message)
                sent.withLock { $0 += 1 }
            }
        }
        // Far more than the buffers of both kernels and our own hold.
        #expect(sent.withLock { $0 } < 128)
        go.signal()
        try await sending.value
        await webSocket.close(code: 1000)
        #expect(await received.value == 128 * (256 << 10))
    }

    @Test("a cancelled wait leaves the connection as it is; letting go of it cuts it")
    func cancelAndDrop() async throws {
        let closed = Gate<Bool>()
        let server = RawServer { connection in
            connection.shakeHands()
            _ = connection.readFrame()
            connection.sendFrame([5])
            connection.waitForClose()
            closed.open(true)
        }
        defer { server.stop() }
        var webSocket: (any WebSocketConnection)? = try await open(HTTPRequest(.get, server.origin))
        let waiting = Task { [webSocket] in try await webSocket?.next() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        try await webSocket?.send(WebSocketMessage([1]))
        #expect(try await webSocket?.next() == WebSocketMessage([5]))
        webSocket = nil
        #expect(await closed.value)
    }

    @Test("a task that is cancelled while it opens gets out at once")
    func cancelOpening() async throws {
        let arrived = Gate<Bool>()
        let server = RawServer { connection in
            connection.readHead()
            arrived.open(true)
            connection.waitForClose()
        }
        defer { server.stop() }
        let opening = Task { try await open(HTTPRequest(.get, server.origin)) }
        _ = await arrived.value
        opening.cancel()
        await #expect(throws: CancellationError.self) { _ = try await opening.value }
    }

    @Test("what came before a break is read, then the break is told")
    func brokenOff() async throws {
        let server = RawServer { $0.shakeHands(then: RawConnection.frame([3])) }
        defer { server.stop() }
        let webSocket = try await open(HTTPRequest(.get, server.origin))
        #expect(try await webSocket.next() == WebSocketMessage([3]))
        let error = await #expect(throws: HTTPError.self) { try await webSocket.next() }
        #expect(error?.reason == .reset)
        await #expect(throws: HTTPError.self) { try await webSocket.send(WebSocketMessage([1])) }
    }

    @Test("a peer that closes for a fault, or breaks the protocol, says why")
    func faults() async throws {
        let server = RawServer(
            { connection in
                connection.shakeHands(then: RawConnection.frame([0x03, 0xF3] + Array("oh no".utf8), opcode: 8))
                connection.waitForClose()
            },
            { connection in
                connection.shakeHands(then: [0x83, 0])
                connection.waitForClose()
            })
        defer { server.stop() }
        let first = try await open(HTTPRequest(.get, server.origin))
        let fault = await #expect(throws: HTTPError.self) { try await first.next() }
        #expect(
            fault == HTTPError(.reset, target: server.origin, detail: "it closed the WebSocket with code 1011: oh no"))
        let second = try await open(HTTPRequest(.get, server.origin))
        let violation = await #expect(throws: HTTPError.self) { try await second.next() }
        #expect(violation?.reason == .protocolViolation)
    }

    @Test("a server behind a living connection that answers no ping is gone; one that answers is not")
    func deadPeer() async throws {
        let engine = CurlEngine(pulse: CurlPulse.Limits(quiet: 50_000_000, answer: 100_000_000))
        let transport = CurlTransport(settings: HTTPServerSettings(), engine: engine)
        let pings = Gate<Int>()
        let server = RawServer { connection in
            connection.shakeHands()
            for _ in 0..<3 {
                guard let frame = connection.readFrame(), frame.opcode == 9 else { return }
                connection.sendFrame(frame.payload, opcode: 10)
            }
            pings.open(3)
            connection.waitForClose()
        }
        defer { server.stop() }
        guard case .open(let webSocket) = try await transport.webSocket(HTTPRequest(.get, server.origin), protocols: [])
        else { throw Unexpected() }
        let error = await #expect(throws: HTTPError.self) { try await webSocket.next() }
        #expect(error?.reason == .timedOut(phase: "keep-alive"))
        #expect(await pings.value == 3)
    }

    @Test("goes through a proxy's tunnel, without TLS too")
    func proxy() async throws {
        let heads = Gate<[String]>()
        let proxy = RawServer { connection in
            let tunnel = connection.readHead()
            connection.send("HTTP/1.1 200 Connected\r\n\r\n")
            heads.open([tunnel, connection.shakeHands(then: RawConnection.frame([1]))])
            connection.waitForClose()
        }
        defer { proxy.stop() }
        var settings = HTTPServerSettings()
        settings.proxy = proxy.origin
        let opening = try await CurlTransport(settings: settings).webSocket(
            HTTPRequest(.get, "http://one.test:8080/x"), protocols: [])
        guard case .open(let webSocket) = opening else { throw Unexpected() }
        #expect(try await webSocket.next() == WebSocketMessage([1]))
        #expect(await heads.value[0].hasPrefix("CONNECT one.test:8080 HTTP/1.1\r\n"))
        #expect(await heads.value[1].hasPrefix("GET /x HTTP/1.1\r\nHost: one.test:8080\r\n"))
    }

    @Test("speaks HTTP/1.1 over TLS, checked as for every other request")
    func overTLS() async throws {
        let server = try await OpenSSL.raw("server", "-alpn", "h2,http/1.1")
        defer { server.stop() }
        var settings = HTTPServerSettings()
        settings.trust = .file(TestAuthority.shared.path("authority.crt"))
        let transport = CurlTransport(settings: settings)
        let request = HTTPRequest(.get, server.origin)
        let opening = Task { try await transport.webSocket(request, protocols: []) }
        let head = await server.wait(for: "\r\n\r\n")
        server.send(RawConnection.granted(head) + RawConnection.frame(Array("over TLS".utf8)))
        guard case .open(let webSocket) = try await opening.value else { throw Unexpected() }
        #expect(try await webSocket.next() == WebSocketMessage(Array("over TLS".utf8)))
        // More than is read in one round: TLS keeps what no socket tells of any more.
        let long = [UInt8](repeating: 1, count: 3 << 20)
        server.send(RawConnection.frame(long))
        #expect(try await webSocket.next() == WebSocketMessage(long))
    }

    @Test("many at once share the one thread")
    func many() async throws {
        let server = RawServer { connection in
            connection.shakeHands()
            while let frame = connection.readFrame(), frame.opcode == 2 { connection.sendFrame(frame.payload) }
        }
        defer { server.stop() }
        let request = HTTPRequest(.get, server.origin)
        let total = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let webSocket = try await open(request)
                    var sum = 0
                    for round in 0..<20 {
                        try await webSocket.send(WebSocketMessage([UInt8(number), UInt8(round)]))
                        sum += try await webSocket.next() == WebSocketMessage([UInt8(number), UInt8(round)]) ? 1 : 0
                    }
                    return sum
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(total == 800)
    }

    private func open(_ request: HTTPRequest, protocols: [String] = []) async throws -> any WebSocketConnection {
        guard case .open(let webSocket) = try await transport.webSocket(request, protocols: protocols) else {
            throw Unexpected()
        }
        return webSocket
    }

    private struct Unexpected: Error {}
}
