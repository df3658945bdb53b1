import HTTP
import Synchronization

/// The in-memory twin of the real transport: answers what a test scripted, records what it was asked.
///
/// Scripts are kept by method and path. A path with a query is matched exactly, one without matches whatever the query;
/// the exact one wins. Several answers for one path come one after the other, and the last one stays. A request that
/// nothing was scripted for throws `HTTPError` naming it.
public final class FakeTransport: HTTPTransport {
    /// What a scripted request gets.
    public enum Answer: Sendable {
        case response(HTTPResponse)
        case failure(any Error & Sendable)
        /// A body that the test feeds by hand, also to hold back a buffered answer until the test finishes it.
        case fed(FedStream)
        /// Worked out from the request.
        case computed(@Sendable (HTTPRequest) -> HTTPResponse)
        /// Opens, where a WebSocket is asked for.
        case webSocket(FakeWebSocket)
    }

    private struct State {
        var scripts: [String: [Answer]] = [:]
        var requests: [HTTPRequest] = []
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    public init() {}

    /// Every request so far, in the order of arrival.
    public var requests: [HTTPRequest] { state.withLock { $0.requests } }

    /// Returns the request at `index` (from 0) as soon as it has arrived, so that tests need no sleep.
    public func request(at index: Int) async -> HTTPRequest {
        await withCheckedContinuation { continuation in
            let isHere = state.withLock { state in
                guard state.requests.count <= index else { return true }
                state.waiters.append((index + 1, continuation))
                return false
            }
            if isHere { continuation.resume() }
        }
        return state.withLock { $0.requests[index] }
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        switch try take(request) {
        case .response(let response): return response
        case .computed(let respond): return respond(request)
        case .failure(let error): throw error
        case .fed(let stream): return try await stream.wholeResponse()
        case .webSocket: throw Self.onlyWebSocket(request)
        }
    }

    public func webSocket(_ request: HTTPRequest, protocols: [String]) async throws -> WebSocketOpening {
        switch try take(request) {
        case .response(let response): return .refused(response)
        case .computed(let respond): return .refused(respond(request))
        case .failure(let error): throw error
        case .fed(let stream): return .refused(try await stream.wholeResponse())
        case .webSocket(let fake):
            fake.offered(protocols)
            return .open(FakeWebSocket.Use(fake))
        }
    }

    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        switch try take(request) {
        case .response(let response): return Self.stream(of: response)
        case .computed(let respond): return Self.stream(of: respond(request))
        case .failure(let error): throw error
        case .fed(let stream): return stream.httpStream
        case .webSocket: throw Self.onlyWebSocket(request)
        }
    }

    private static func onlyWebSocket(_ request: HTTPRequest) -> HTTPError {
        HTTPError(.protocolViolation, target: request.url, detail: "a WebSocket is scripted there")
    }

    func script(_ key: String, _ answers: [Answer]) {
        state.withLock { $0.scripts[key, default: []] += answers }
    }

    private func take(_ request: HTTPRequest) throws -> Answer {
        let path = Self.pathAndQuery(request.url)
        let bare = String(path.prefix { $0 != "?" })
        let (answer, woken) = state.withLock { state in
            state.requests.append(request)
            let count = state.requests.count
            let woken = state.waiters.filter { $0.count <= count }
            state.waiters.removeAll { $0.count <= count }
            let method = request.method.rawValue
            let answer =
                Self.next(in: &state.scripts, key: "\(method) \(path)")
                ?? Self.next(in: &state.scripts, key: "\(method) \(bare)")
            return (answer, woken)
        }
        for waiter in woken { waiter.continuation.resume() }
        guard let answer else {
            throw HTTPError(
                .other, target: request.url, detail: "no answer is scripted for \(request.method.rawValue) \(path)")
        }
        return answer
    }

    private static func next(in scripts: inout [String: [Answer]], key: String) -> Answer? {
        guard let answers = scripts[key], let first = answers.first else { return nil }
        if answers.count > 1 { scripts[key]?.removeFirst() }
        return first
    }

    private static func stream(of response: HTTPResponse) -> HTTPStream {
        HTTPStream(head: response.head, body: HTTPByteStream(chunks: response.body.isEmpty ? [] : [response.body]))
    }

    /// What follows the authority; an address without one is taken as a path already.
    private static func pathAndQuery(_ url: String) -> String {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return url }
        let rest = url[colon...].dropFirst(3)
        guard let slash = rest.firstIndex(where: { $0 == "/" || $0 == "?" }) else { return "/" }
        return rest[slash] == "?" ? "/" + rest[slash...] : String(rest[slash...])
    }
}
