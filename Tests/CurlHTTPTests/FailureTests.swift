import HTTP
import Testing

@testable import CurlHTTP

@Suite("What a bad server or network gets")
struct FailureTests {
    private let transport = CurlTransport(settings: HTTPServerSettings())

    @Test("a refused connection")
    func refused() async throws {
        let origin = "http://127.0.0.1:\(Loopback.closedPort())"
        let error = await failure(of: HTTPRequest(.get, origin + "/secret?token=1"))
        #expect(error?.reason == .refused)
        #expect(
            error?.message
                == "cannot reach \(origin): the connection was refused; check that the server runs and that the port is right"
        )
    }

    @Test("a name that nobody knows")
    func nameNotFound() async throws {
        // A host name cannot begin with a hyphen: the resolver refuses it without asking the network.
        let error = await failure(of: HTTPRequest(.get, "http://-x-.localhost1/"))
        #expect(
            error?.message
                == "cannot reach http://-x-.localhost1: its host name was not found; check the spelling, the DNS and the VPN"
        )
    }

    @Test("an address that is none")
    func badAddress() async throws {
        let error = await failure(of: HTTPRequest(.get, "10.0.0.1:6443/api?token=1"))
        #expect(
            error?.message
                == "cannot use the address 10.0.0.1:6443/api: it is no absolute http or https address; write it as https://HOST:PORT"
        )
    }

    @Test("a password in an address is refused and not repeated")
    func passwordInAddress() async throws {
        let error = await failure(of: HTTPRequest(.get, "https://ann:secret@one.test/api"))
        #expect(
            error?.message
                == "cannot use the address https://one.test: user and password do not belong in an address; write it as https://HOST:PORT"
        )
    }

    @Test("a line break in a header is refused before anything is sent, its value not repeated")
    func headerInjection() async throws {
        let error = await failure(
            of: HTTPRequest(.get, "http://127.0.0.1:1/", headers: ["Authorization": "Bearer a\r\nX-Admin: 1"]))
        #expect(error?.reason == .protocolViolation)
        #expect(error?.detail == "the header Authorization holds a character that HTTP forbids")
    }

    @Test("no answer in time")
    func answerLimit() async throws {
        let (error, origin) = await failure(HTTPLimits(answer: 0.2)) { connection in
            connection.readHead()
            connection.waitForClose()
        }
        #expect(error?.reason == .timedOut(phase: "answer"))
        #expect(error?.message == "\(origin) does not answer: no answer within 0.2 s; it may be overloaded: try again")
    }

    @Test("half a head and then silence")
    func halfHead() async throws {
        let (error, _) = await failure(HTTPLimits(answer: 0.2)) { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-")
            connection.waitForClose()
        }
        #expect(error?.reason == .timedOut(phase: "answer"))
    }

    @Test("a body that stops coming")
    func idleLimit() async throws {
        let (error, origin) = await failure(HTTPLimits(idle: 0.2)) { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            connection.waitForClose()
        }
        #expect(error?.message == "\(origin) stopped in the middle of its answer: nothing came for 0.2 s; try again")
    }

    @Test("a handshake that never ends")
    func handshakeLimit() async throws {
        let server = RawServer { $0.waitForClose() }
        defer { server.stop() }
        let origin = "https://127.0.0.1:\(server.port)"
        let error = await failure(of: HTTPRequest(.get, origin, limits: HTTPLimits(connect: 0.2)))
        #expect(error?.reason == .timedOut(phase: "TLS handshake"))
        #expect(
            error?.message
                == "cannot reach \(origin): it did not finish the TLS handshake in time; check that the port speaks TLS, and proxies between"
        )
    }

    @Test("a request that waits for another one's connection has its own connect limit")
    func connectLimitWhileWaiting() async throws {
        let server = RawServer { $0.waitForClose() }
        defer { server.stop() }
        let origin = "https://127.0.0.1:\(server.port)"
        async let first = failure(of: HTTPRequest(.get, origin, limits: HTTPLimits(connect: 0.6)))
        async let second = failure(of: HTTPRequest(.get, origin, limits: HTTPLimits(connect: 0.2)))
        let reasons = await [first?.reason, second?.reason]
        #expect(reasons.first == .timedOut(phase: "TLS handshake"))
        #expect(server.connections <= 2)
    }

    @Test("a connection that closes without a word")
    func closesAtOnce() async throws {
        let (error, origin) = await failure { $0.readHead() }
        #expect(error?.message == "the connection to \(origin) broke off: empty reply from server; try again")
    }

    @Test("a reset")
    func reset() async throws {
        let (error, origin) = await failure { connection in
            connection.readHead()
            connection.reset()
        }
        #expect(
            error?.message == "the connection to \(origin) broke off: recv failure: Connection reset by peer; try again"
        )
    }

    @Test("a body that is cut")
    func cutBody() async throws {
        let (error, origin) = await failure { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        }
        #expect(
            error?.message
                == "the connection to \(origin) broke off: transfer closed with 7 bytes remaining to read; try again")
    }

    @Test("a chunked body that is cut")
    func cutChunks() async throws {
        let (error, origin) = await failure { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab")
        }
        #expect(
            error?.message
                == "the connection to \(origin) broke off: transfer closed with outstanding read data remaining; try again"
        )
    }

    @Test("chunk sizes that are none")
    func brokenChunks() async throws {
        let (error, _) = await failure { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n")
        }
        #expect(error?.reason == .protocolViolation)
    }

    @Test("a server that speaks something else")
    func garbage() async throws {
        let (error, origin) = await failure { connection in
            connection.readHead()
            connection.send("SSH-2.0-OpenSSH_9.2p1 Debian\r\n")
        }
        #expect(
            error?.message
                == "\(origin) does not answer as an HTTP server should: received HTTP/0.9 when not allowed; check that address and port are the right ones"
        )
    }

    @Test("a head without end")
    func endlessHead() async throws {
        let (error, _) = await failure { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\n")
            for _ in 0..<20_000 {
                connection.send("X-Filler: 0123456789012345678901234567890123456789012345678901234\r\n")
            }
            connection.waitForClose()
        }
        #expect(error?.reason == .protocolViolation)
    }

    @Test("TLS asked of a port that does not speak it")
    func plainPort() async throws {
        let server = RawServer { connection in
            connection.read(5)
            connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        }
        defer { server.stop() }
        let error = await failure(of: HTTPRequest(.get, "https://127.0.0.1:\(server.port)/"))
        #expect(error?.reason == .tls)
    }

    @Test("two gigabytes that are claimed are refused at the first byte")
    func claimedLength() async throws {
        let (error, origin) = await failure(HTTPLimits(bodyBytes: 1 << 20)) { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\na")
            connection.waitForClose()
        }
        #expect(error?.reason == .bodyTooLarge(limit: 1 << 20))
        #expect(error?.message == "the answer of \(origin) is longer than the limit of 1 MiB; ask for less at once")
    }

    @Test("a body beyond the bound that claimed nothing")
    func longBody() async throws {
        let (error, _) = await failure(HTTPLimits(bodyBytes: 1000)) { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            connection.send([UInt8](repeating: 0x61, count: 1001))
        }
        #expect(error?.reason == .bodyTooLarge(limit: 1000))
    }

    @Test("a decompression bomb is bounded by what it inflates to")
    func bomb() async throws {
        let (error, _) = await failure(HTTPLimits(bodyBytes: 100_000)) { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 289\r\n\r\n")
            connection.send(Samples.zippedZeros)
        }
        #expect(error?.reason == .bodyTooLarge(limit: 100_000))
    }

    @Test("gzip that is none")
    func brokenGzip() async throws {
        let (error, _) = await failure { connection in
            connection.readHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!")
        }
        #expect(error?.reason == .protocolViolation)
    }

    private func failure(
        _ limits: HTTPLimits = HTTPLimits(), _ script: @escaping RawServer.Script
    ) async -> (HTTPError?, String) {
        let server = RawServer(script)
        defer { server.stop() }
        return (await failure(of: HTTPRequest(.get, server.origin, limits: limits)), server.origin)
    }

    private func failure(of request: HTTPRequest) async -> HTTPError? {
        await #expect(throws: HTTPError.self) { try await transport.send(request) }
    }
}
