/// A response head as it came.
public struct HTTPHead: Sendable, Equatable {
    public var status: Int
    public var headers: HTTPHeaders
    /// "1.1" or "2".
    public var version: String

    public init(status: Int, headers: HTTPHeaders = [:], version: String = "1.1") {
        self.status = status
        self.headers = headers
        self.version = version
    }
}

/// A whole answer. `body` is decoded (gzip undone).
public struct HTTPResponse: Sendable, Equatable {
    public var head: HTTPHead
    public var body: [UInt8]
    public var status: Int { head.status }
    public var headers: HTTPHeaders { head.headers }

    public init(head: HTTPHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}

/// An answer whose body is read as it comes. Dropping it, or cancelling the reading task, ends the transfer.
public struct HTTPStream: Sendable {
    public var head: HTTPHead
    public var body: HTTPByteStream

    public init(head: HTTPHead, body: HTTPByteStream) {
        self.head = head
        self.body = body
    }
}
