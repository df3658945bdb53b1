import HTTP
import Testing

@testable import CurlHTTP

@Suite(
    "HTTP/2", .serialized,
    .enabled(
        if: TestAuthority.isAvailable && Nghttpd.path != nil, "nghttpd is not installed: apt install nghttp2-server"))
struct HTTP2Tests {
    @Test("many requests at once share one connection")
    func multiplexing() async throws {
        let server = try Nghttpd()
        defer { server.stop() }
        await server.wait(for: "listen")
        let transport = try transport()
        let request = HTTPRequest(.get, server.origin + "/small")
        let answers = try await withThrowingTaskGroup(of: HTTPResponse.self) { group in
            for _ in 0..<50 { group.addTask { try await transport.send(request) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        await server.wait(for: ":path: /small", times: 50)
        #expect(answers.map(\.head.version) == Array(repeating: "2", count: 50))
        #expect(answers.map(\.body) == Array(repeating: Array("ok".utf8), count: 50))
        #expect(server.connections == 1)
    }

    @Test("a stream that nobody reads does not hold up the others on its connection")
    func pausedStream() async throws {
        let server = try Nghttpd()
        defer { server.stop() }
        await server.wait(for: "listen")
        let transport = try transport()
        let stream = try await transport.stream(HTTPRequest(.get, server.origin + "/huge"))
        #expect(try await transport.send(HTTPRequest(.get, server.origin + "/small")).body == Array("ok".utf8))
        var length = 0
        for try await chunk in stream.body { length += chunk.count }
        #expect(length == Nghttpd.hugeLength)
    }

    @Test("cancelling one stream leaves the connection to the others")
    func cancelOneStream() async throws {
        let server = try Nghttpd()
        defer { server.stop() }
        await server.wait(for: "listen")
        let transport = try transport()
        do { _ = try await transport.stream(HTTPRequest(.get, server.origin + "/huge")) }
        await server.wait(for: "RST_STREAM")
        #expect(try await transport.send(HTTPRequest(.get, server.origin + "/small")).body == Array("ok".utf8))
        await server.wait(for: ":path: /small")
        #expect(server.connections == 1)
    }

    @Test("a server that hangs behind a living network is noticed by asking it")
    func frozenServer() async throws {
        let server = try Nghttpd()
        defer { server.stop() }
        await server.wait(for: "listen")
        let pulse = CurlPulse.Limits(quiet: 150_000_000, answer: 150_000_000)
        let transport = try transport(engine: CurlEngine(pulse: pulse))
        let limits = HTTPLimits(idle: nil)
        let stream = try await transport.stream(HTTPRequest(.get, server.origin + "/huge", limits: limits))
        server.freeze()
        let error = await #expect(throws: HTTPError.self) {
            for try await _ in stream.body {}
        }
        #expect(
            error?.message == "\(server.origin) is gone: it no longer answers probes; check the network and the VPN")
    }

    @Test("a quiet stream of a living server is asked and stays")
    func quietServer() async throws {
        let server = try Nghttpd()
        defer { server.stop() }
        await server.wait(for: "listen")
        let pulse = CurlPulse.Limits(quiet: 50_000_000, answer: 1_000_000_000)
        let transport = try transport(engine: CurlEngine(pulse: pulse))
        let limits = HTTPLimits(idle: nil)
        let stream = try await transport.stream(HTTPRequest(.get, server.origin + "/huge", limits: limits))
        // Nobody reads, so the window fills and the connection falls quiet.
        await server.wait(for: ":method: OPTIONS", times: 2)
        var length = 0
        for try await chunk in stream.body { length += chunk.count }
        #expect(length == Nghttpd.hugeLength)
        #expect(server.connections == 1)
    }

    private func transport(engine: CurlEngine = .shared) throws -> CurlTransport {
        var settings = HTTPServerSettings()
        settings.trust = .data(try TestAuthority.shared.bytes("authority.crt"))
        return CurlTransport(settings: settings, engine: engine)
    }
}
