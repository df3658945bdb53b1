import HTTP
import Testing

@testable import CurlHTTP

@Suite("A buffered exchange")
struct ExchangeTests {
    private let transport = CurlTransport(settings: HTTPServerSettings(), userAgent: "midwatch/9.9")

    @Test("hands over status, headers in order and the body")
    func answer() async throws {
        let server = RawServer { $0.answer("hello", status: "404 Not Found", headers: "X-One: 1\r\nx-one:  2 \r\n") }
        defer { server.stop() }
        let answer = try await transport.send(HTTPRequest(.get, server.origin + "/a?b=c"))
        #expect(answer.status == 404)
        #expect(answer.head.version == "1.1")
        #expect(answer.headers.all("X-One") == ["1", "2"])
        #expect(answer.body == Array("hello".utf8))
    }

    @Test("sends the fields that were asked for, its own name, and nothing that libcurl makes up")
    func requestBytes() async throws {
        let head = Gate<String>()
        let server = RawServer { connection in
            head.open(connection.readHead())
            connection.send("HTTP/1.1 204 No Content\r\n\r\n")
        }
        defer { server.stop() }
        let request = HTTPRequest(
            .get, server.origin + "/api", headers: ["Accept": "application/json", "X-Empty": ""])
        _ = try await transport.send(request)
        #expect(
            await head.value == """
                GET /api HTTP/1.1\r
                Host: 127.0.0.1:\(server.port)\r
                User-Agent: midwatch/9.9\r
                Accept-Encoding: gzip\r
                Accept: application/json\r
                X-Empty:\r
                \r

                """)
    }

    @Test("a body goes out with its length and the media type that was given")
    func requestBody() async throws {
        let seen = Gate<String>()
        let server = RawServer { connection in
            connection.readHead()
            connection.read(7)
            seen.open(connection.text)
            connection.send("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n")
        }
        defer { server.stop() }
        let request = HTTPRequest(
            .patch, server.origin + "/x", headers: ["Content-Type": "application/merge-patch+json"],
            body: Array(#"{"a":1}"#.utf8))
        #expect(try await transport.send(request).status == 201)
        let text = await seen.value
        #expect(text.hasPrefix("PATCH /x HTTP/1.1\r\n"))
        #expect(text.contains("\r\nContent-Type: application/merge-patch+json\r\nContent-Length: 7\r\n"))
        #expect(text.hasSuffix("\r\n\r\n{\"a\":1}"))
        #expect(!text.contains("Expect"))
    }

    @Test("chunks are joined, trailers and interim answers left out")
    func chunkedBody() async throws {
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
            connection.send(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n")
        }
        defer { server.stop() }
        let answer = try await transport.send(HTTPRequest(.get, server.origin))
        #expect(answer.body == Array("abcde".utf8))
        #expect(answer.headers["Link"] == nil)
        #expect(answer.headers["X-Sum"] == nil)
    }

    @Test("HEAD takes a claimed length for what it is")
    func headRequest() async throws {
        let server = RawServer { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n")
            connection.waitForClose()
        }
        defer { server.stop() }
        let limits = HTTPLimits(bodyBytes: 10)
        let answer = try await transport.send(HTTPRequest(.head, server.origin, limits: limits))
        #expect(answer.headers["Content-Length"] == "99999")
        #expect(answer.body.isEmpty)
    }

    @Test("one request after the other uses one connection")
    func keepsConnection() async throws {
        let server = RawServer { connection in
            connection.answer("1")
            connection.answer("2")
            connection.waitForClose()
        }
        defer { server.stop() }
        _ = try await transport.send(HTTPRequest(.get, server.origin))
        #expect(try await transport.send(HTTPRequest(.get, server.origin)).body == Array("2".utf8))
        #expect(server.connections == 1)
    }

    @Test("gzip is undone")
    func gzip() async throws {
        let server = RawServer { connection in
            connection.readHead()
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(Samples.zippedZeros.count)\r\n\r\n")
            connection.send(Samples.zippedZeros)
        }
        defer { server.stop() }
        let answer = try await transport.send(HTTPRequest(.get, server.origin))
        #expect(answer.body == [UInt8](repeating: 0, count: 262_144))
    }

    @Test("a GET is sent again when a kept connection turns out to be dead")
    func repeatsGet() async throws {
        let server = RawServer(
            { connection in
                connection.answer("first")
                connection.readHead()
            },
            { $0.answer("again") })
        defer { server.stop() }
        _ = try await transport.send(HTTPRequest(.get, server.origin))
        #expect(try await transport.send(HTTPRequest(.get, server.origin)).body == Array("again".utf8))
    }

    @Test("what may change something is never sent twice", arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
    func doesNotRepeat(_ method: HTTPRequest.Method) async throws {
        let server = RawServer(
            { connection in
                connection.answer("first")
                connection.readHead()
            },
            { $0.answer("again") })
        defer { server.stop() }
        _ = try await transport.send(HTTPRequest(.get, server.origin))
        let error = await #expect(throws: HTTPError.self) {
            try await transport.send(HTTPRequest(method, server.origin, body: [1]))
        }
        #expect(
            error?.message
                == "the connection to \(server.origin) broke off: the connection closed before an answer came; try again"
        )
    }

    @Test("cancelling the task ends the transfer")
    func cancellation() async throws {
        let asked = Gate<Bool>()
        let closed = Gate<Bool>()
        let server = RawServer { connection in
            connection.readHead()
            asked.open(true)
            connection.waitForClose()
            closed.open(true)
        }
        defer { server.stop() }
        let task = Task { try await transport.send(HTTPRequest(.get, server.origin)) }
        _ = await asked.value
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await closed.value)
    }

    @Test("a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        let server = RawServer { $0.answer() }
        defer { server.stop() }
        let gate = Gate<Bool>()
        let task = Task {
            _ = await gate.value
            return try await transport.send(HTTPRequest(.get, server.origin))
        }
        task.cancel()
        gate.open(true)
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.connections == 0)
    }
}
