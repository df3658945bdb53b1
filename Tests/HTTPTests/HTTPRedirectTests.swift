import HTTP
import Testing

@Suite("A redirect")
struct HTTPRedirectTests {
    private let secrets: HTTPHeaders = [
        "Authorization": "Bearer t", "PRIVATE-TOKEN": "p", "Cookie": "c=1", "Impersonate-User": "ann",
        "Accept": "application/json",
    ]

    @Test("within the origin takes everything along")
    func sameOrigin() throws {
        let request = HTTPRequest(.get, "https://one.test/a", headers: secrets)
        let next = try follow(302, "/b", request)
        #expect(next?.request.url == "https://one.test/b")
        #expect(next?.request.headers == secrets)
    }

    @Test("to another host takes no credential along")
    func otherHost() throws {
        let next = try follow(302, "https://two.test/b", HTTPRequest(.get, "https://one.test/a", headers: secrets))
        #expect(next?.request.headers == ["Accept": "application/json"])
    }

    @Test("to another port of the same host takes no credential along")
    func otherPort() throws {
        let next = try follow(302, "https://one.test:8443/b", HTTPRequest(.get, "https://one.test/a", headers: secrets))
        #expect(next?.request.headers == ["Accept": "application/json"])
    }

    @Test("to another host shows no client certificate, expects no special name, and verifies again")
    func otherHostSettings() throws {
        var settings = HTTPServerSettings()
        settings.identity = .data(certificate: [1], key: [2])
        settings.serverName = "kubernetes.default"
        settings.trust = .insecure
        settings.proxy = "http://proxy.test:3128"
        let head = HTTPHead(status: 307, headers: ["Location": "https://two.test/"])
        let next = try HTTPRedirect.next(after: head, to: HTTPRequest(.get, "https://one.test/"), settings: settings)
        var expected = HTTPServerSettings()
        expected.proxy = "http://proxy.test:3128"
        #expect(next?.settings == expected)
    }

    @Test("turns a POST into a GET where the status says so")
    func changesMethod() throws {
        let post = HTTPRequest(.post, "https://one.test/a", headers: ["Content-Type": "text/plain"], body: [1])
        let seeOther = try follow(303, "/b", post)
        #expect(seeOther?.request == HTTPRequest(.get, "https://one.test/b"))
        #expect(try follow(302, "/b", post)?.request.method == .get)
        #expect(try follow(307, "/b", post)?.request.body == [1])
        #expect(try follow(308, "/b", post)?.request.method == .post)
    }

    @Test("never carries a body to another host")
    func noBodyToOtherHost() throws {
        #expect(try follow(307, "https://two.test/", HTTPRequest(.post, "https://one.test/a", body: [1])) == nil)
        #expect(try follow(302, "https://two.test/", HTTPRequest(.delete, "https://one.test/a")) == nil)
    }

    @Test("is not followed from https to http")
    func downgrade() throws {
        let error = #expect(throws: HTTPError.self) {
            try follow(302, "http://one.test/login", HTTPRequest(.get, "https://one.test/a"))
        }
        #expect(
            error?.message
                == "https://one.test does not answer as an HTTP server should: it redirects from https to http://one.test, without TLS; check that address and port are the right ones"
        )
    }

    @Test("to another kind of address is an error")
    func otherScheme() throws {
        let error = #expect(throws: HTTPError.self) {
            try follow(302, "file:///etc/passwd", HTTPRequest(.get, "http://one.test/a"))
        }
        #expect(error?.detail == "it redirects to what is no http address")
    }

    @Test("without a location, and other statuses, are answers")
    func answers() throws {
        let request = HTTPRequest(.get, "http://one.test/a")
        #expect(try HTTPRedirect.next(after: HTTPHead(status: 302), to: request, settings: HTTPServerSettings()) == nil)
        #expect(try follow(304, "/b", request) == nil)
        #expect(try follow(201, "/b", request) == nil)
    }

    private func follow(_ status: Int, _ location: String, _ request: HTTPRequest) throws -> HTTPRedirect? {
        let head = HTTPHead(status: status, headers: ["Location": location])
        return try HTTPRedirect.next(after: head, to: request, settings: HTTPServerSettings())
    }
}
