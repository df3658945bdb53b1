import Foundation

/// How exec, attach and port-forward share one WebSocket: the subprotocols a real API server speaks.
///
/// The first byte of each message is its channel; in the base64 forms it is a digit, and the rest is base64 text.
struct StreamProtocol: Sendable, Equatable {
    /// What the server answers in `Sec-WebSocket-Protocol`; empty where the client asked for none.
    var name: String
    var isBase64 = false
    /// The error channel carries a `Status`, as from v4 on; before, a text, and nothing at all where all went well.
    var hasStatus = true
    /// The API server itself ends the stream and speaks to the kubelet, as it does for v5: the client can close channels
    /// and is told of refusals on the error channel.
    var isTranslated = false

    /// There are no channels: the messages are the bytes of a connection in another protocol.
    var isTunnel = false

    /// kubectl's port-forward: SPDY through a WebSocket.
    static let tunnel = StreamProtocol(name: "SPDY/3.1+portforward.k8s.io", isTunnel: true)

    static let bearerPrefix = "base64url.bearer.authorization.k8s.io."

    private static let known = [
        StreamProtocol(name: "v5.channel.k8s.io", isTranslated: true),
        StreamProtocol(name: "v4.channel.k8s.io"), StreamProtocol(name: "v4.base64.channel.k8s.io", isBase64: true),
        StreamProtocol(name: "channel.k8s.io", hasStatus: false),
        StreamProtocol(name: "base64.channel.k8s.io", isBase64: true, hasStatus: false),
        StreamProtocol(name: "", hasStatus: false),
    ]

    /// The first of the offered protocols that is known; nil where there is none. v5 goes before all others, and not with
    /// port-forwards.
    static func negotiated(_ request: SimRequest, forForward: Bool) -> StreamProtocol? {
        let offered = offers(request)
        let candidates = forForward ? known.filter { !$0.isTranslated && ($0.hasStatus || $0.name.isEmpty) } : known
        if let translated = candidates.first(where: { $0.isTranslated && offered.contains($0.name) }) {
            return translated
        }
        for name in offered.isEmpty ? [""] : offered {
            if let found = candidates.first(where: { $0.name == name }) { return found }
        }
        return nil
    }

    /// The protocols a client offers, without the one that carries its token.
    static func offers(_ request: SimRequest) -> [String] {
        (request.header("sec-websocket-protocol") ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty && !$0.hasPrefix(bearerPrefix) }
    }

    /// The token that a browser sends as a protocol, having no other way.
    static func bearerToken(_ request: SimRequest) -> String? {
        let fields = (request.header("sec-websocket-protocol") ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        guard let field = fields.first(where: { $0.hasPrefix(bearerPrefix) }) else { return nil }
        var text = String(field.dropFirst(bearerPrefix.count)).replacing("-", with: "+").replacing("_", with: "/")
        while text.count % 4 != 0 { text += "=" }
        return Data(base64Encoded: text).map { String(decoding: $0, as: UTF8.self) }
    }

    /// A message on a channel.
    func frame(_ channel: UInt8, _ bytes: ArraySlice<UInt8>) -> [UInt8] {
        if isTunnel { return WebSocketFrame.bytes(.binary, bytes) }
        guard isBase64 else { return WebSocketFrame.bytes(.binary, prefix: [channel], bytes) }
        let text = Data(bytes).base64EncodedString()
        return WebSocketFrame.bytes(.text, prefix: [UInt8(ascii: "0") + channel], Array(text.utf8))
    }
}
