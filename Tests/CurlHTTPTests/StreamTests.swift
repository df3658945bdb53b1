import Dispatch
import HTTP
import Testing

@testable import CurlHTTP

@Suite("A streamed answer")
struct StreamTests {
    private let transport = CurlTransport(settings: HTTPServerSettings())

    @Test("comes as it is sent, the head first")
    func arrivesAsSent() async throws {
        let steps = [DispatchSemaphore(value: 0), DispatchSemaphore(value: 0)]
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            steps[0].wait()
            connection.send("3\r\none\r\n")
            steps[1].wait()
            connection.send("3\r\ntwo\r\n0\r\n\r\n")
        }
        defer { server.stop() }
        let stream = try await transport.stream(HTTPRequest(.get, server.origin))
        #expect(stream.head.status == 200)
        var chunks = stream.body.makeAsyncIterator()
        steps[0].signal()
        #expect(try await chunks.next() == Array("one".utf8))
        steps[1].signal()
        #expect(try await chunks.next() == Array("two".utf8))
        #expect(try await chunks.next() == nil)
    }

    @Test("an empty body is an end at once")
    func emptyBody() async throws {
        let server = RawServer { $0.answer("", status: "200 OK") }
        defer { server.stop() }
        #expect(try await read(transport.stream(HTTPRequest(.get, server.origin))).isEmpty)
    }

    @Test("what came before a break is read, then the break is told")
    func brokenOff() async throws {
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        }
        defer { server.stop() }
        var chunks = try await transport.stream(HTTPRequest(.get, server.origin)).body.makeAsyncIterator()
        #expect(try await chunks.next() == Array("abc".utf8))
        let error = await #expect(throws: HTTPError.self) { try await chunks.next() }
        #expect(error?.reason == .reset)
    }

    @Test("a quiet stream without an idle limit stays open, one with a limit ends")
    func idleLimit() async throws {
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
            connection.waitForClose()
        }
        defer { server.stop() }
        let limited = HTTPRequest(.get, server.origin, limits: HTTPLimits(idle: 0.2))
        let unlimited = HTTPRequest(.get, server.origin, limits: HTTPLimits(idle: nil))
        let open = try await transport.stream(unlimited)
        let error = await #expect(throws: HTTPError.self) { try await read(transport.stream(limited)) }
        #expect(error?.reason == .timedOut(phase: "body"))
        var chunks = open.body.makeAsyncIterator()
        #expect(try await chunks.next() == Array("a".utf8))
    }

    @Test("nobody reading pauses the sender; reading gets every byte")
    func backPressure() async throws {
        let total = 64 << 20
        let first = Gate<Int>()
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let sent = connection.sendUntilBlocked(most: total)
            first.open(sent)
            connection.send([UInt8](repeating: 0x62, count: total - sent))
        }
        defer { server.stop() }
        let stream = try await transport.stream(HTTPRequest(.get, server.origin))
        #expect(await first.value < 24 << 20)
        #expect(try await read(stream).count == total)
    }

    @Test("a paused stream does not run into its idle limit")
    func pausedIsNotIdle() async throws {
        let blocked = Gate<Int>()
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            // Blocked means that nothing moved for 300 ms, which is longer than the idle limit below.
            blocked.open(connection.sendUntilBlocked(most: 64 << 20))
        }
        defer { server.stop() }
        let limits = HTTPLimits(idle: 0.28)
        let stream = try await transport.stream(HTTPRequest(.get, server.origin, limits: limits))
        let sent = await blocked.value
        #expect(try await read(stream).count == sent)
    }

    @Test("a paused stream does not hold up another request")
    func pausedAlone() async throws {
        let server = RawServer(
            { connection in
                connection.readHead()
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n")
                _ = connection.sendUntilBlocked(most: 64 << 20)
                connection.waitForClose()
            }, { $0.answer("other") })
        defer { server.stop() }
        let stream = try await transport.stream(HTTPRequest(.get, server.origin))
        #expect(try await transport.send(HTTPRequest(.get, server.origin)).body == Array("other".utf8))
        withExtendedLifetime(stream) {}
    }

    @Test("letting go of the stream closes the connection")
    func dropping() async throws {
        let closed = Gate<Bool>()
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
            connection.waitForClose()
            closed.open(true)
        }
        defer { server.stop() }
        do { _ = try await transport.stream(HTTPRequest(.get, server.origin)) }
        #expect(await closed.value)
    }

    @Test("cancelling the reading task ends its wait and the transfer")
    func cancelling() async throws {
        let closed = Gate<Bool>()
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
            connection.waitForClose()
            closed.open(true)
        }
        defer { server.stop() }
        let begun = Gate<Bool>()
        let stream = try await transport.stream(HTTPRequest(.get, server.origin, limits: HTTPLimits(idle: nil)))
        let task = Task {
            for try await _ in stream.body { begun.open(true) }
        }
        _ = await begun.value
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await closed.value)
        withExtendedLifetime(stream) {}
    }

    @Test("an error status is an answer with a body to read")
    func errorStatus() async throws {
        let server = RawServer { $0.answer("gone", status: "410 Gone") }
        defer { server.stop() }
        let stream = try await transport.stream(HTTPRequest(.get, server.origin))
        #expect(stream.head.status == 410)
        #expect(try await read(stream) == Array("gone".utf8))
    }

    private func read(_ stream: HTTPStream) async throws -> [UInt8] {
        var all: [UInt8] = []
        for try await chunk in stream.body { all += chunk }
        return all
    }
}
