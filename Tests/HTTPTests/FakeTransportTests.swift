import HTTP
import HTTPTesting
import Testing

@Suite("The fake transport")
struct FakeTransportTests {
    private let transport = FakeTransport()

    @Test("answers what was scripted, whatever the query, and records the request")
    func answersScript() async throws {
        transport.answer(.get, "/api/v1/pods", #"{"items":[]}"#)
        let answer = try await transport.send(HTTPRequest(.get, "https://one.test:6443/api/v1/pods?limit=5"))
        #expect(String(decoding: answer.body, as: UTF8.self) == #"{"items":[]}"#)
        #expect(transport.requests.map(\.url) == ["https://one.test:6443/api/v1/pods?limit=5"])
    }

    @Test("an answer for the exact query goes before one for the path")
    func exactQueryFirst() async throws {
        transport.answer(.get, "/pods", "all")
        transport.answer(.get, "/pods?watch=1", "watched")
        #expect(
            try await transport.send(HTTPRequest(.get, "http://one.test/pods?watch=1")).body == Array("watched".utf8))
    }

    @Test("several answers come one after the other and the last one stays")
    func answersInOrder() async throws {
        transport.answer(.get, "/", status: 503)
        transport.answer(.get, "/", status: 200)
        let request = HTTPRequest(.get, "http://one.test")
        #expect(try await transport.send(request).status == 503)
        #expect(try await transport.send(request).status == 200)
        #expect(try await transport.send(request).status == 200)
    }

    @Test("a request that nothing was scripted for fails and is named")
    func unscripted() async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await transport.send(HTTPRequest(.post, "http://one.test/jobs/7"))
        }
        #expect(error?.detail == "no answer is scripted for POST /jobs/7")
    }

    @Test("a fed stream hands out what is sent, then its end")
    func fedStream() async throws {
        let fed = transport.feed(.get, "/log")
        let stream = try await transport.stream(HTTPRequest(.get, "http://one.test/log"))
        fed.send("one")
        fed.finish()
        var chunks = stream.body.makeAsyncIterator()
        #expect(try await chunks.next() == Array("one".utf8))
        #expect(try await chunks.next() == nil)
    }

    @Test("a fed stream knows when its reader let go")
    func fedStreamDropped() async throws {
        let fed = transport.feed(.get, "/log")
        do { _ = try await transport.stream(HTTPRequest(.get, "http://one.test/log")) }
        await fed.untilDropped()
        #expect(fed.isDropped)
    }

    @Test("a test can wait for a request instead of sleeping")
    func waitsForRequest() async throws {
        transport.answer(.get, "/late", "")
        async let late = transport.request(at: 0)
        _ = try await transport.send(HTTPRequest(.get, "http://one.test/late"))
        #expect(await late.url == "http://one.test/late")
    }
}
