/// One message of a WebSocket, put together from its frames.
public struct WebSocketMessage: Sendable, Equatable {
    public enum Kind: Sendable, Equatable { case text, binary }

    public var kind: Kind
    /// Texts are not checked to be UTF-8.
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8], _ kind: Kind = .binary) {
        self.bytes = bytes
        self.kind = kind
    }
}

/// Why a peer closed a WebSocket (RFC 6455 §7.4).
public struct WebSocketClose: Sendable, Equatable {
    /// nil when it gave none.
    public var code: UInt16?
    /// The peer's own words; foreign text.
    public var reason: String

    public init(code: UInt16? = nil, reason: String = "") {
        self.code = code
        self.reason = reason
    }

    /// Whether it ended as it should: nothing more to say, or the peer goes away.
    public var isOrderly: Bool { code == nil || code == Self.normal || code == Self.goingAway }

    public static let normal: UInt16 = 1000
    public static let goingAway: UInt16 = 1001
}
