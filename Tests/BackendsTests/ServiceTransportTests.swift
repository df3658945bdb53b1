import HTTP
import HTTPTesting
import Synchronization
import Testing

@testable import Backends

@Suite("The transports to systems beside a cluster")
struct ServiceTransportTests {
    let server = FakeTransport()

    @Test("a service address goes through the API server's service proxy")
    func proxy() async throws {
        server.answer(
            .get, "/k8s/c-1/api/v1/namespaces/monitoring/services/alertmanager:9093/proxy/am/api/v2/alerts", "[]")
        let proxy = ServiceProxyTransport(server: "https://rancher.example/k8s/c-1", cluster: server)
        let endpoint = ServiceEndpoint(base: "service://monitoring/alertmanager:9093/am", transport: proxy)
        #expect(try await AlertmanagerClient(endpoint).alerts().isEmpty)
        #expect(endpoint.target == "service://monitoring/alertmanager:9093")
    }

    @Test("a service may be spoken to by TLS, and without a path")
    func proxyForms() throws {
        #expect(
            try ServiceProxyTransport.path(of: "service://logging/https:es:9200/_search?q=1")
                == "/api/v1/namespaces/logging/services/https:es:9200/proxy/_search?q=1")
        #expect(
            try ServiceProxyTransport.path(of: "service://logging/es:9200")
                == "/api/v1/namespaces/logging/services/es:9200/proxy/")
    }

    @Test("an address without a service is refused")
    func badProxyAddress() {
        #expect(
            throws: HTTPError(
                .badAddress, target: "service://logging",
                detail: "a service address is service://NAMESPACE/NAME:PORT/path")
        ) { try ServiceProxyTransport.path(of: "service://logging") }
    }

    @Test("a cluster that has no endpoint for the service is quoted")
    func noEndpoints() async {
        server.answer(
            .get, "/api/v1/namespaces/monitoring/services/am:9093/proxy/api/v2/alerts", status: 503,
            #"{"kind":"Status","status":"Failure","message":"no endpoints available for service \"am:9093\"","reason":"ServiceUnavailable","code":503}"#
        )
        let proxy = ServiceProxyTransport(server: "https://k8s.example", cluster: server)
        let client = AlertmanagerClient(ServiceEndpoint(base: "service://monitoring/am:9093", transport: proxy))
        let error = await #expect(throws: ServiceError.self) { try await client.alerts() }
        #expect(
            error?.message
                == "cannot list alerts: Alertmanager at service://monitoring/am:9093 is not available (503): "
                + "no endpoints available for service \"am:9093\"")
    }

    @Test("a login is asked for once and put on every request")
    func login() async throws {
        let asked = Mutex(0)
        server.answer(.get, "/x", "ok")
        let transport = AuthorizedTransport(server) {
            asked.withLock { $0 += 1 }
            return "Bearer t1"
        }
        _ = try await transport.send(HTTPRequest(.get, "http://h/x"))
        _ = try await transport.send(HTTPRequest(.get, "http://h/x"))
        #expect(server.requests.map { $0.headers["Authorization"] } == ["Bearer t1", "Bearer t1"])
        #expect(asked.withLock { $0 } == 1)
    }

    @Test("a login that is refused later is asked for anew, once")
    func renewal() async throws {
        let asked = Mutex(0)
        let refused = FakeTransport.Answer.response(HTTPResponse(head: HTTPHead(status: 401), body: []))
        let fine = FakeTransport.Answer.response(HTTPResponse(head: HTTPHead(status: 200), body: []))
        server.answer(.get, "/x", with: fine, refused, fine)
        let transport = AuthorizedTransport(server) {
            let number = asked.withLock { asked in
                asked += 1
                return asked
            }
            return "Bearer t\(number)"
        }
        _ = try await transport.send(HTTPRequest(.get, "http://h/x"))
        let second = try await transport.send(HTTPRequest(.get, "http://h/x"))
        #expect(second.status == 200)
        #expect(server.requests.map { $0.headers["Authorization"] } == ["Bearer t1", "Bearer t1", "Bearer t2"])
    }

    @Test("a fresh login that is refused is not tried twice")
    func refused() async throws {
        server.answer(.get, "/x", status: 401)
        let transport = AuthorizedTransport(server) { "Bearer t" }
        #expect(try await transport.send(HTTPRequest(.get, "http://h/x")).status == 401)
        #expect(server.requests.count == 1)
    }

    @Test("a login that cannot be had is said in plain words")
    func noLogin() async {
        let transport = AuthorizedTransport(server) {
            throw LoginFault(message: "the environment variable JENKINS_TOKEN is not set")
        }
        let client = JenkinsClient(ServiceEndpoint(base: "https://ci.lantern.example", transport: transport))
        let error = await #expect(throws: ServiceError.self) { try await client.jobs() }
        #expect(
            error?.message
                == "cannot list jobs: there is no login for Jenkins at https://ci.lantern.example: "
                + "the environment variable JENKINS_TOKEN is not set")
        #expect(error?.isRefusal == true)
    }
}
