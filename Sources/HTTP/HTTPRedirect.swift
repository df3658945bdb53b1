/// Where a redirecting answer leads, and what may be taken along.
public struct HTTPRedirect: Sendable, Equatable {
    public var request: HTTPRequest
    public var settings: HTTPServerSettings

    /// How many a transport follows for one request.
    public static let most = 5

    /// Fields that describe the wish, not the person. Only these cross to another origin: any other field may be a credential
    /// (`PRIVATE-TOKEN`, `X-Api-Key`, …).
    private static let harmless: Set<String> = [
        "accept", "accept-encoding", "accept-language", "cache-control", "if-modified-since", "if-none-match", "range",
        "user-agent",
    ]

    /// What to send next; nil when the answer is to be taken as it is.
    ///
    /// A body never goes to another origin, nor from https to http: such an answer is returned as it came, and following
    /// from https to http is refused with an error.
    public static func next(
        after head: HTTPHead, to request: HTTPRequest, settings: HTTPServerSettings
    ) throws(HTTPError) -> HTTPRedirect? {
        guard [301, 302, 303, 307, 308].contains(head.status), let location = head.headers["Location"],
            let from = HTTPAddress(request.url)
        else { return nil }
        guard let target = from.resolving(location) else {
            throw HTTPError(.protocolViolation, target: from.origin, detail: "it redirects to what is no http address")
        }
        guard from.scheme == "http" || target.scheme == "https" else {
            throw HTTPError(
                .protocolViolation, target: from.origin,
                detail: "it redirects from https to \(target.origin), without TLS")
        }
        var next = HTTPRedirect(request: request, settings: settings)
        next.request.url = target.text
        if changesToGet(head.status, request.method) { next.request.dropBody() }
        guard target.origin != from.origin else { return next }
        guard next.request.body == nil, request.method == .get || request.method == .head else { return nil }
        next.leaveCredentialsBehind()
        return next
    }

    private static func changesToGet(_ status: Int, _ method: HTTPRequest.Method) -> Bool {
        switch status {
        case 303: method != .head
        case 301, 302: method == .post
        default: false
        }
    }

    private mutating func leaveCredentialsBehind() {
        let kept = request.headers.fields.filter { Self.harmless.contains($0.name.lowercased()) }
        request.headers = HTTPHeaders(kept.map { ($0.name, $0.value) })
        settings.identity = nil
        settings.serverName = nil
        if settings.trust == .insecure { settings.trust = .system }
    }
}

extension HTTPRequest {
    fileprivate mutating func dropBody() {
        method = .get
        body = nil
        headers["Content-Type"] = nil
    }
}
