import HTTP
import Testing

@testable import CurlHTTP

@Suite("TLS", .enabled(if: TestAuthority.isAvailable, "openssl is not installed: apt install openssl"))
struct TLSTests {
    private let authority = TestAuthority.shared

    @Test("an authority from data is trusted")
    func authorityFromData() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        #expect(try await send(server.origin, trust: .data(authority.bytes("authority.crt"))).status == 200)
    }

    @Test("an authority from a file is trusted")
    func authorityFromFile() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        #expect(try await send(server.origin, trust: .file(authority.path("authority.crt"))).status == 200)
    }

    @Test("several authorities in one piece of data are all trusted")
    func severalAuthorities() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        let both = try authority.bytes("stranger.crt") + authority.bytes("authority.crt")
        #expect(try await send(server.origin, trust: .data(both)).status == 200)
    }

    @Test("an unknown authority is refused, with the system's trust and with another one's")
    func unknownAuthority() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        let message =
            "cannot trust \(server.origin): an unknown authority signed its certificate; name the authority's certificate in the settings"
        #expect(await failure(server, trust: .system)?.message == message)
        #expect(try await failure(server, trust: .data(authority.bytes("stranger.crt")))?.message == message)
    }

    @Test("verification is off only when that was asked for")
    func insecure() async throws {
        let server = try await OpenSSL.page("expired")
        defer { server.stop() }
        #expect(try await send(server.origin, trust: .insecure).status == 200)
    }

    @Test("a connection made without verification is not used by one with it")
    func connectionsDoNotMix() async throws {
        let server = try await OpenSSL.raw("server")
        defer { server.stop() }
        let origin = server.origin
        async let insecure = send(origin, trust: .insecure)
        _ = await server.wait(for: "\r\n\r\n")
        server.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(try await insecure.status == 200)
        // s_server serves one connection at a time: reuse would send on the first, a new one waits for its handshake.
        let error = await failure(server, trust: .system, limits: HTTPLimits(connect: 0.3, answer: 0.3))
        #expect(error?.reason == .timedOut(phase: "TLS handshake"))
    }

    @Test("an expired certificate is refused")
    func expired() async throws {
        let server = try await OpenSSL.page("expired")
        defer { server.stop() }
        #expect(
            try await failure(server, trust: .data(authority.bytes("authority.crt")))?.message
                == "cannot trust \(server.origin): its certificate has expired; have it renewed, or check this machine's clock"
        )
    }

    @Test("a certificate for another host is refused")
    func wrongHost() async throws {
        let server = try await OpenSSL.page("named")
        defer { server.stop() }
        #expect(
            try await failure(server, trust: .data(authority.bytes("authority.crt")))?.message
                == "cannot trust \(server.origin): its certificate is not made for 127.0.0.1; check the address, or set the server name to expect"
        )
    }

    @Test("a server name of its own is sent as SNI and verified, while Host keeps the address")
    func serverName() async throws {
        let server = try await OpenSSL.raw(
            "server", "-servername", "kubernetes.default.svc", "-cert2", "named.crt", "-key2", "named.key")
        defer { server.stop() }
        var settings = HTTPServerSettings()
        settings.trust = .data(try authority.bytes("authority.crt"))
        settings.serverName = "kubernetes.default.svc"
        let request = HTTPRequest(.get, server.origin + "/api?x=1")
        async let answer = CurlTransport(settings: settings).send(request)
        let printed = await server.wait(for: "\r\n\r\n")
        server.send("HTTP/1.1 204 No Content\r\n\r\n")
        #expect(try await answer.status == 204)
        #expect(printed.contains("GET /api?x=1 HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n"))
        #expect(printed.contains("Hostname in TLS extension: \"kubernetes.default.svc\""))
    }

    @Test("a server name that the certificate does not hold is refused and named")
    func wrongServerName() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        var settings = HTTPServerSettings()
        settings.trust = .data(try authority.bytes("authority.crt"))
        settings.serverName = "other.test"
        #expect(await failure(server, settings)?.reason == .wrongHostName("other.test"))
    }

    @Test("a server name that is none is refused before anything is sent")
    func badServerName() async throws {
        var settings = HTTPServerSettings()
        settings.serverName = "a/b@c"
        let error = await #expect(throws: HTTPError.self) {
            try await CurlTransport(settings: settings).send(HTTPRequest(.get, "https://127.0.0.1:1/"))
        }
        #expect(error?.detail == "the server name holds characters that no host name has")
    }

    @Test("a client certificate from data is shown")
    func identityFromData() async throws {
        let server = try await OpenSSL.page(
            "server", "-Verify", "1", "-verify_return_error", "-CAfile", "authority.crt")
        defer { server.stop() }
        var settings = HTTPServerSettings()
        settings.trust = .data(try authority.bytes("authority.crt"))
        settings.identity = .data(certificate: try authority.bytes("ann.crt"), key: try authority.bytes("ann.key"))
        let answer = try await CurlTransport(settings: settings).send(HTTPRequest(.get, server.origin))
        #expect(String(decoding: answer.body, as: UTF8.self).contains("CN=ann"))
    }

    @Test("a client certificate from files is shown")
    func identityFromFiles() async throws {
        let server = try await OpenSSL.page(
            "server", "-Verify", "1", "-verify_return_error", "-CAfile", "authority.crt")
        defer { server.stop() }
        var settings = HTTPServerSettings()
        settings.trust = .file(authority.path("authority.crt"))
        settings.identity = .files(certificate: authority.path("ann.crt"), key: authority.path("ann.key"))
        let answer = try await CurlTransport(settings: settings).send(HTTPRequest(.get, server.origin))
        #expect(String(decoding: answer.body, as: UTF8.self).contains("CN=ann"))
    }

    @Test("a server that wants a client certificate and gets none")
    func missingIdentity() async throws {
        let server = try await OpenSSL.page(
            "server", "-Verify", "1", "-verify_return_error", "-CAfile", "authority.crt")
        defer { server.stop() }
        #expect(
            try await failure(server, trust: .data(authority.bytes("authority.crt")))?.message
                == "no secure connection to \(server.origin): the server wants a client certificate; check that the port speaks TLS, and the certificates and keys"
        )
    }

    @Test("a locked key is an error, not a question on the terminal")
    func lockedKey() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        var settings = HTTPServerSettings()
        settings.trust = .insecure
        settings.identity = .data(certificate: try authority.bytes("ann.crt"), key: try authority.bytes("locked.key"))
        #expect(
            await failure(server, settings)?.message
                == "no secure connection to \(server.origin): the client certificate's key cannot be read: it is locked by a password, broken, or belongs to another certificate; check that the port speaks TLS, and the certificates and keys"
        )
    }

    @Test("a client certificate that is none")
    func brokenCertificate() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        var settings = HTTPServerSettings()
        settings.trust = .insecure
        settings.identity = .data(certificate: Array("nonsense".utf8), key: try authority.bytes("ann.key"))
        #expect(await failure(server, settings)?.detail == "the client certificate cannot be read")
    }

    @Test("an authority file that is missing, and authority data that holds none")
    func brokenAuthority() async throws {
        let server = try await OpenSSL.page("server")
        defer { server.stop() }
        #expect(
            await failure(server, trust: .file("/nowhere/ca.crt"))?.detail
                == "the certificate authority file /nowhere/ca.crt cannot be read or holds no certificate")
        #expect(
            await failure(server, trust: .data(Array("nonsense".utf8)))?.detail
                == "the certificate authority data holds no certificate")
        #expect(await failure(server, trust: .data([]))?.detail == "the certificate authority data is empty")
    }

    private func send(_ origin: String, trust: HTTPServerSettings.Trust) async throws -> HTTPResponse {
        var settings = HTTPServerSettings()
        settings.trust = trust
        return try await CurlTransport(settings: settings).send(HTTPRequest(.get, origin))
    }

    private func failure(
        _ server: OpenSSL, trust: HTTPServerSettings.Trust, limits: HTTPLimits = HTTPLimits()
    ) async -> HTTPError? {
        var settings = HTTPServerSettings()
        settings.trust = trust
        return await failure(server, settings, limits: limits)
    }

    private func failure(
        _ server: OpenSSL, _ settings: HTTPServerSettings, limits: HTTPLimits = HTTPLimits()
    ) async -> HTTPError? {
        let request = HTTPRequest(.get, server.origin, limits: limits)
        return await #expect(throws: HTTPError.self) { try await CurlTransport(settings: settings).send(request) }
    }
}
