import HTTP

/// How a test says what comes back.
extension FakeTransport {
    /// Answers `path` with a text body.
    public func answer(
        _ method: HTTPRequest.Method = .get, _ path: String, status: Int = 200, headers: HTTPHeaders = [:],
        _ body: String = ""
    ) {
        answer(method, path, status: status, headers: headers, bytes: Array(body.utf8))
    }

    /// Answers `path` with a body of bytes, such as a recorded answer.
    public func answer(
        _ method: HTTPRequest.Method = .get, _ path: String, status: Int = 200, headers: HTTPHeaders = [:],
        bytes: [UInt8]
    ) {
        let head = HTTPHead(status: status, headers: headers)
        answer(method, path, with: .response(HTTPResponse(head: head, body: bytes)))
    }

    /// Answers `path` with these, one after the other; the last one stays.
    public func answer(_ method: HTTPRequest.Method = .get, _ path: String, with answers: Answer...) {
        script("\(method.rawValue) \(path)", answers)
    }

    /// Makes requests for `path` fail.
    public func fail(_ method: HTTPRequest.Method = .get, _ path: String, _ error: any Error & Sendable) {
        answer(method, path, with: .failure(error))
    }

    /// Answers the next request for `path` with a stream that the test feeds by hand.
    @discardableResult
    public func feed(
        _ method: HTTPRequest.Method = .get, _ path: String, status: Int = 200, headers: HTTPHeaders = [:]
    ) -> FedStream {
        let stream = FedStream(head: HTTPHead(status: status, headers: headers))
        answer(method, path, with: .fed(stream))
        return stream
    }

    /// Opens the next WebSocket that is asked for at `path`.
    @discardableResult
    public func openWebSocket(_ path: String, subprotocol: String = "") -> FakeWebSocket {
        let fake = FakeWebSocket(subprotocol: subprotocol)
        answer(.get, path, with: .webSocket(fake))
        return fake
    }
}
