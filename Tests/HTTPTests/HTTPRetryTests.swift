import HTTP
import Testing

@Suite("What is tried again")
struct HTTPRetryTests {
    @Test("429 waits as long as the server says, whatever the method")
    func tooManyRequests() {
        #expect(verdict(429, .post, ["Retry-After": "7"]) == .after(7))
        #expect(verdict(429, .get) == .after(0))
    }

    @Test("Retry-After may be a date")
    func retryAfterDate() {
        // 784111777 is Sun, 06 Nov 1994 08:49:37 GMT.
        let headers: HTTPHeaders = ["Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"]
        #expect(
            HTTPRetry.verdict(on: HTTPHead(status: 503, headers: headers), to: .get, now: 784_111_767) == .after(10))
        #expect(HTTPRetry.verdict(on: HTTPHead(status: 503, headers: headers), to: .get, now: 784_111_999) == .after(0))
    }

    @Test("a server that asks for hours is not obeyed that long")
    func boundedWait() {
        #expect(verdict(503, .get, ["Retry-After": "86400"]) == .after(300))
    }

    @Test("a Retry-After that is neither is as good as none")
    func unreadableRetryAfter() {
        #expect(HTTPRetry.retryAfter(HTTPHead(status: 429, headers: ["Retry-After": "soon"]), now: 0) == nil)
        #expect(HTTPRetry.retryAfter(HTTPHead(status: 429, headers: ["Retry-After": "-1"]), now: 0) == nil)
    }

    @Test("a gateway's failure is tried again for reading only")
    func gatewayFailures() {
        #expect(verdict(502, .get) == .after(0))
        #expect(verdict(504, .head) == .after(0))
        #expect(verdict(502, .post) == .no)
        #expect(verdict(504, .delete) == .no)
        #expect(verdict(503, .put) == .no)
    }

    @Test("other answers are taken as they are")
    func otherAnswers() {
        #expect(verdict(500, .get) == .no)
        #expect(verdict(401, .get) == .no)
        #expect(verdict(200, .get, ["Retry-After": "7"]) == .no)
    }

    @Test("without a connection anything may be tried again, after one only reading")
    func errors() {
        #expect(verdict(.refused, .post) == .after(0))
        #expect(verdict(.timedOut(phase: "connect"), .delete) == .after(0))
        #expect(verdict(.reset, .get) == .after(0))
        #expect(verdict(.reset, .post) == .no)
        #expect(verdict(.timedOut(phase: "answer"), .patch) == .no)
    }

    @Test("what a person must mend is not tried again")
    func hopeless() {
        #expect(verdict(.unknownAuthority, .get) == .no)
        #expect(verdict(.bodyTooLarge(limit: 1), .get) == .no)
        #expect(verdict(.badAddress, .get) == .no)
    }

    @Test("the back-off doubles up to its longest and begins anew after a success")
    func backoff() {
        var backoff = HTTPBackoff(first: 1, longest: 5)
        var middle = Middle()
        #expect((0..<5).map { _ in rounded(backoff.next(using: &middle)) } == [1, 2, 4, 5, 5])
        backoff.reset()
        #expect(rounded(backoff.next(using: &middle)) == 1)
    }

    @Test("jitter lies between half and one and a half, and never below what the server asked for")
    func jitter() {
        var backoff = HTTPBackoff(first: 4, longest: 4)
        var least = Least()
        #expect(rounded(backoff.next(using: &least)) == 2)
        #expect(rounded(backoff.next(atLeast: 10, using: &least)) == 10.5)
    }

    @Test("a back-off that was used for days does not overflow")
    func longBackoff() {
        var backoff = HTTPBackoff(first: 1, longest: 30)
        var least = Least()
        _ = (0..<200).map { _ in backoff.next(using: &least) }
        #expect(rounded(backoff.next(using: &least)) == 15)
    }

    private func verdict(_ status: Int, _ method: HTTPRequest.Method, _ headers: HTTPHeaders = [:]) -> HTTPRetry.Verdict
    {
        HTTPRetry.verdict(on: HTTPHead(status: status, headers: headers), to: method, now: 0)
    }

    private func verdict(_ reason: HTTPError.Reason, _ method: HTTPRequest.Method) -> HTTPRetry.Verdict {
        HTTPRetry.verdict(on: HTTPError(reason, target: "https://one.test"), to: method)
    }

    private func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

private struct Middle: RandomNumberGenerator {
    func next() -> UInt64 { 1 << 63 }
}

private struct Least: RandomNumberGenerator {
    func next() -> UInt64 { 0 }
}
