import HTTP

/// Lets questions through and nothing else: what every ordinary connection of an environment sends through, so that a change
/// can only leave by the guard.
public final class ReadingTransport: HTTPTransport {
    private let inner: any HTTPTransport

    public init(_ inner: any HTTPTransport) { self.inner = inner }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try Self.check(request)
        return try await inner.send(request)
    }

    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        try Self.check(request)
        return try await inner.stream(request)
    }

    /// Nothing that midwatch only reads comes over a WebSocket.
    public func webSocket(_ request: HTTPRequest, protocols: [String]) async throws -> WebSocketOpening {
        let address = try HTTPAddress(checking: request.url)
        let path = address.pathAndQuery.prefix { $0 != "?" }
        throw HTTPError(.guarded, target: address.origin, detail: "a WebSocket to \(path)")
    }

    private static func check(_ request: HTTPRequest) throws(HTTPError) {
        let address = try HTTPAddress(checking: request.url)
        let path = String(address.pathAndQuery.prefix { $0 != "?" })
        guard !mayPass(request.method, path) else { return }
        throw HTTPError(.guarded, target: address.origin, detail: "\(request.method.rawValue) \(path)")
    }

    /// Whether a request changes nothing: reads, questions about oneself, searches. Connections into containers do not count as
    /// reads, whatever their method.
    static func mayPass(_ method: HTTPRequest.Method, _ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map { plain($0) }
        let last = parts.last ?? ""
        switch method {
        case .get, .head: return !isConnection(parts)
        case .post: return reviews.contains { path.hasSuffix($0) } || searches.contains(last)
        case .put, .patch, .delete: return false
        }
    }

    /// "…/namespaces/NS/pods/POD/exec" and its like, and the kubelet's own doors behind a node's proxy.
    private static func isConnection(_ parts: [String]) -> Bool {
        if let proxy = parts.firstIndex(of: "proxy"), proxy >= 2, parts[proxy - 2] == "nodes" { return true }
        guard parts.count >= 5, ["exec", "attach", "portforward"].contains(parts[parts.count - 1]) else { return false }
        return parts[parts.count - 3] == "pods" && parts[parts.count - 5] == "namespaces"
    }

    /// What a server makes of a part: a letter may come as its number.
    private static func plain(_ part: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(part.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let decoded = UInt8(digits, radix: 16) {
                bytes.append(decoded)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let reviews = [
        "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
    ]
    private static let searches = ["_search", "_count", "_field_caps"]
}
