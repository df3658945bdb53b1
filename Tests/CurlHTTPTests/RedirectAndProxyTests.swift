import HTTP
import Testing

@testable import CurlHTTP

@Suite("Redirects and proxies on the wire")
struct RedirectAndProxyTests {
    @Test("a redirect within the server is followed with the credentials")
    func sameServer() async throws {
        let second = Gate<String>()
        let server = RawServer { connection in
            connection.answer("", status: "302 Found", headers: "Location: /there\r\n")
            second.open(connection.readHead())
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        defer { server.stop() }
        let answer = try await transport().send(
            HTTPRequest(.get, server.origin + "/here", headers: ["Authorization": "Bearer t"]))
        #expect(answer.body == Array("ok".utf8))
        #expect(await second.value.hasPrefix("GET /there HTTP/1.1\r\n"))
        #expect(await second.value.contains("Authorization: Bearer t\r\n"))
    }

    @Test("a redirect to another server gets no credential, whatever its field is called")
    func otherServer() async throws {
        let seen = Gate<String>()
        let other = RawServer { connection in
            seen.open(connection.readHead())
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother")
        }
        defer { other.stop() }
        let server = RawServer { $0.answer("", status: "307 Temporary", headers: "Location: \(other.origin)/x\r\n") }
        defer { server.stop() }
        let answer = try await transport().send(
            HTTPRequest(
                .get, server.origin, headers: ["Authorization": "Bearer t", "PRIVATE-TOKEN": "p", "Cookie": "c=1"]))
        #expect(answer.body == Array("other".utf8))
        #expect(
            await seen.value == """
                GET /x HTTP/1.1\r
                Host: 127.0.0.1:\(other.port)\r
                User-Agent: midwatch/0.1\r
                Accept: */*\r
                Accept-Encoding: gzip\r
                \r

                """)
    }

    @Test("a stream follows redirects as well")
    func streamed() async throws {
        let server = RawServer(
            { $0.answer("", status: "302 Found", headers: "Location: /there\r\n") }, { $0.answer("there") })
        defer { server.stop() }
        let stream = try await transport().stream(HTTPRequest(.get, server.origin + "/here"))
        var chunks = stream.body.makeAsyncIterator()
        #expect(try await chunks.next() == Array("there".utf8))
    }

    @Test("a circle of redirects ends after five")
    func circle() async throws {
        let server = RawServer { connection in
            for _ in 0..<10 { connection.answer("", status: "302 Found", headers: "Location: /again\r\n") }
        }
        defer { server.stop() }
        let error = await #expect(throws: HTTPError.self) {
            try await transport().send(HTTPRequest(.get, server.origin))
        }
        #expect(error?.detail == "more than 5 redirects")
    }

    @Test("an http proxy is asked for the whole address")
    func httpProxy() async throws {
        let seen = Gate<String>()
        let proxy = RawServer { connection in
            seen.open(connection.readHead())
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        defer { proxy.stop() }
        let answer = try await transport(proxy: proxy.origin).send(HTTPRequest(.get, "http://one.test/a"))
        #expect(answer.body == Array("ok".utf8))
        #expect(await seen.value.hasPrefix("GET http://one.test/a HTTP/1.1\r\nHost: one.test\r\n"))
    }

    @Test("https goes through a tunnel, and the proxy sees neither the path nor the credentials")
    func tunnelRefused() async throws {
        let seen = Gate<String>()
        let proxy = RawServer { connection in
            seen.open(connection.readHead())
            connection.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
        }
        defer { proxy.stop() }
        let error = await #expect(throws: HTTPError.self) {
            try await transport(proxy: "http://ann:pw@127.0.0.1:\(proxy.port)").send(
                HTTPRequest(.get, "https://one.test/secret", headers: ["Authorization": "Bearer t"]))
        }
        #expect(
            await seen.value == """
                CONNECT one.test:443 HTTP/1.1\r
                Host: one.test:443\r
                Proxy-Authorization: Basic YW5uOnB3\r
                User-Agent: midwatch/0.1\r
                Proxy-Connection: Keep-Alive\r
                \r

                """)
        #expect(
            error?.message
                == "cannot reach https://one.test through the proxy: CONNECT tunnel failed, response 407; check the proxy's address and its credentials"
        )
    }

    @Test("a socks5 proxy is given the name to look up")
    func socksProxy() async throws {
        let asked = Gate<[UInt8]>()
        let proxy = RawServer { connection in
            let greeting = connection.read(2)
            connection.read(Int(greeting.last ?? 0))
            connection.send([5, 0])
            asked.open(connection.read(15))
            connection.send([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
            connection.answer("by socks")
        }
        defer { proxy.stop() }
        let answer = try await transport(proxy: "socks5://127.0.0.1:\(proxy.port)").send(
            HTTPRequest(.get, "http://one.test/"))
        #expect(answer.body == Array("by socks".utf8))
        // Version 5, CONNECT, reserved, a name of 8 bytes, port 80 (RFC 1928 §4).
        #expect(await asked.value == [5, 1, 0, 3, 8] + Array("one.test".utf8) + [0, 80])
    }

    @Test("a proxy that is not there is told from the server")
    func proxyRefused() async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await transport(proxy: "http://127.0.0.1:\(Loopback.closedPort())").send(
                HTTPRequest(.get, "https://one.test/"))
        }
        #expect(error?.reason == .proxy)
        #expect(error?.target == "https://one.test")
    }

    @Test("the usual variables are obeyed")
    func variables() async throws {
        let proxy = RawServer { $0.answer("by proxy") }
        defer { proxy.stop() }
        let rules = HTTPProxyRules(environment: ["HTTP_PROXY": "127.0.0.1:\(proxy.port)"])
        let transport = CurlTransport(settings: HTTPServerSettings(), proxies: rules)
        #expect(try await transport.send(HTTPRequest(.get, "http://one.test/")).body == Array("by proxy".utf8))
    }

    private func transport(proxy: String? = nil) -> CurlTransport {
        var settings = HTTPServerSettings()
        settings.proxy = proxy
        return CurlTransport(settings: settings, proxies: HTTPProxyRules(environment: [:]))
    }
}
