import HTTP

/// The real transport: one server's settings on the shared curl thread.
///
/// Follows up to five redirects; to another origin go neither credentials nor the client certificate. Buffered bodies are
/// bounded by the request's limit, streams hold at most `streamBuffer` bytes here and pause the transfer beyond that.
public struct CurlTransport: HTTPTransport {
    public let settings: HTTPServerSettings
    private let userAgent: String
    private let engine: CurlEngine
    private let proxies: HTTPProxyRules

    /// Bytes of a stream that wait for their reader.
    static let streamBuffer = 1 << 20

    /// - Parameter userAgent: never begin it with `curl`, for whom API servers pretty-print.
    /// - Parameter proxies: what applies where the settings name no proxy.
    public init(
        settings: HTTPServerSettings, userAgent: String = "midwatch/0.1", engine: CurlEngine = .shared,
        proxies: HTTPProxyRules = .ofProcess
    ) {
        self.settings = settings
        self.userAgent = userAgent
        self.engine = engine
        self.proxies = proxies
    }

    public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await follow(request, head: \.head, exchange: exchangeBuffered)
    }

    public func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        try await follow(request, head: \.head, exchange: exchangeStream)
    }

    public func webSocket(_ request: HTTPRequest, protocols: [String]) async throws -> WebSocketOpening {
        try Task.checkCancellation()
        var call = try makeCall(request, settings: settings)
        call.isUpgrade = true
        let handshake = try WebSocketHandshake(
            request, to: call.address, protocols: protocols, nonce: (0..<16).map { _ in .random(in: 0...255) },
            userAgent: userAgent)
        let webSocket = CurlWebSocket(call, handshake, limits: engine.pulse)
        let opening = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                webSocket.shared.await(continuation)
                engine.open(webSocket)
            }
        } onCancel: {
            webSocket.shared.abandon()
            engine.look(at: webSocket)
        }
        switch opening {
        case .refused(let response): return .refused(response)
        case .open(let subprotocol):
            return .open(CurlWebSocketUse(engine: engine, webSocket: webSocket, subprotocol: subprotocol))
        }
    }

    private func follow<Answer>(
        _ request: HTTPRequest, head: (Answer) -> HTTPHead, exchange: (CurlCall) async throws -> Answer
    ) async throws -> Answer {
        var call = try makeCall(request, settings: settings)
        for _ in 0...HTTPRedirect.most {
            try Task.checkCancellation()
            let answer = try await exchange(call)
            guard let next = try HTTPRedirect.next(after: head(answer), to: call.request, settings: call.settings)
            else {
                return answer
            }
            call = try makeCall(next.request, settings: next.settings)
        }
        throw HTTPError(
            .protocolViolation, target: call.address.origin, detail: "more than \(HTTPRedirect.most) redirects")
    }

    private func makeCall(_ request: HTTPRequest, settings: HTTPServerSettings) throws -> CurlCall {
        let address = try HTTPAddress(checking: request.url)
        return CurlCall(
            request: request, address: address, settings: settings,
            proxy: try proxies.proxy(for: address, settings: settings), userAgent: userAgent)
    }

    private func exchangeBuffered(_ call: CurlCall) async throws -> HTTPResponse {
        let sink = CurlBufferedSink(limit: call.request.limits.bodyBytes)
        let transfer = CurlTransfer(call, sink: sink)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                sink.await(continuation)
                engine.start(transfer)
            }
        } onCancel: {
            engine.cancel(transfer)
        }
    }

    private func exchangeStream(_ call: CurlCall) async throws -> HTTPStream {
        let sink = CurlStreamSink(capacity: Self.streamBuffer)
        let transfer = CurlTransfer(call, sink: sink)
        let reader = CurlStreamReader(engine: engine, transfer: transfer, sink: sink)
        let head = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                sink.await(continuation)
                engine.start(transfer)
            }
        } onCancel: {
            engine.cancel(transfer)
        }
        return HTTPStream(head: head, body: HTTPByteStream { { try await reader.next() } })
    }
}
