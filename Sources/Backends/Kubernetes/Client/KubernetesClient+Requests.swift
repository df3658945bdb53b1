import HTTP
import JSON

/// What every call is made of: one request, its answer's status told apart, its body parsed.
extension KubernetesClient {
    static let plainJSON = "application/json"

    /// Sends and gives the answer of a status below 400; 304 counts as one.
    func send(
        _ method: HTTPRequest.Method, _ path: APIPath, accept: String = plainJSON, headers: HTTPHeaders = [:],
        body: JSONLiteral? = nil, limits: HTTPLimits = HTTPLimits()
    ) async throws -> HTTPResponse {
        let request = request(method, path, accept: accept, headers: headers, body: body, limits: limits)
        let answer = try await reaching(path) { try await transport.send(request) }
        guard answer.status < 400 else { throw Refusal.error(answer, target: path.path, now: pacer.now) }
        return answer
    }

    /// Sends and parses the answer.
    func json(
        _ method: HTTPRequest.Method, _ path: APIPath, accept: String = plainJSON, body: JSONLiteral? = nil,
        limits: HTTPLimits = HTTPLimits()
    ) async throws -> JSONValue {
        let answer = try await send(method, path, accept: accept, body: body, limits: limits)
        return try parse(answer, target: path.path)
    }

    /// Reads a list element by element while it comes, so that one of any length costs the memory of one element: `body`
    /// gets each, and what came before the first. Returns the list without its elements.
    func eachElement(
        of path: APIPath, accept: String = plainJSON, limits: HTTPLimits = HTTPLimits(),
        _ body: (JSONValue, _ beginning: JSONValue) -> Void
    ) async throws -> JSONValue {
        let stream = try await open(path, accept: accept, limits: limits)
        var frames = JSONElementFrames(members: "rows", "items")
        var beginning: JSONValue?
        var count = 0
        var chunks = stream.body.makeAsyncIterator()
        while let chunk = try await reaching(path, { try await chunks.next() }) {
            count += chunk.count
            try Self.check(count, limits, path)
            do throws(JSONError) {
                let elements = try frames.elements(in: chunk)
                if beginning == nil, !elements.isEmpty { beginning = try frames.beginning() }
                if let beginning { elements.forEach { body($0, beginning) } }
            } catch {
                throw KubernetesError.decoding(target: path.path, cause: error.message)
            }
        }
        return try surroundings(frames, stream.head, path)
    }

    private static func check(_ count: Int, _ limits: HTTPLimits, _ path: APIPath) throws {
        guard count > limits.bodyBytes else { return }
        let limit = limits.bodyBytes
        throw KubernetesError.transport(
            HTTPError(
                .bodyTooLarge(limit: limit), target: path.path, detail: "the body is longer than \(limit) bytes"))
    }

    private func surroundings(_ frames: JSONElementFrames, _ head: HTTPHead, _ path: APIPath) throws -> JSONValue {
        do {
            return try frames.surroundings()
        } catch {
            let foreign = Refusal.kind(of: HTTPResponse(head: head, body: frames.start))
            throw KubernetesError.decoding(target: path.path, cause: foreign ?? error.message)
        }
    }

    // A stream may be silent for as long as nothing happens; the transport's probes find a peer that is gone.
    static let patient = HTTPLimits(answer: 15, idle: nil)

    /// Opens a stream; an answer of 400 and above is read to its end and thrown.
    func open(_ path: APIPath, accept: String, limits: HTTPLimits = patient) async throws -> HTTPStream {
        let request = request(.get, path, accept: accept, limits: limits)
        let stream = try await reaching(path) { try await transport.stream(request) }
        guard stream.head.status >= 400 else { return stream }
        let body = try await reaching(path) { try await Refusal.body(of: stream) }
        throw Refusal.error(HTTPResponse(head: stream.head, body: body), target: path.path, now: pacer.now)
    }

    func parse(_ answer: HTTPResponse, target: String) throws -> JSONValue {
        do {
            return try JSONValue.parse(answer.body)
        } catch {
            throw KubernetesError.decoding(target: target, cause: Refusal.kind(of: answer) ?? error.message)
        }
    }

    /// Turns whatever a transport throws into this layer's errors; a cancelled task gets `CancellationError`.
    func reaching<Answer>(_ path: APIPath, _ exchange: () async throws -> Answer) async throws -> Answer {
        try await Self.reaching(path, exchange)
    }

    static func reaching<Answer>(_ path: APIPath, _ exchange: () async throws -> Answer) async throws -> Answer {
        do {
            return try await exchange()
        } catch let error as KubernetesError {
            throw error
        } catch {
            try Task.checkCancellation()
            let cause = error as? HTTPError
            throw KubernetesError.transport(cause ?? HTTPError(.other, target: path.path, detail: "\(error)"))
        }
    }

    private func request(
        _ method: HTTPRequest.Method, _ path: APIPath, accept: String, headers: HTTPHeaders = [:],
        body: JSONLiteral? = nil, limits: HTTPLimits
    ) -> HTTPRequest {
        var headers = headers
        headers["Accept"] = accept
        if body != nil { headers["Content-Type"] = "application/json" }
        return HTTPRequest(method, connection.server + path.text, headers: headers, body: body?.bytes, limits: limits)
    }
}
