import HTTP

/// Where a transfer's answer goes. Called on the curl thread, in the order head, bytes, end; `end` comes exactly once.
protocol CurlSink: Sendable {
    func begin(_ head: HTTPHead)
    func write(_ bytes: UnsafeRawBufferPointer) -> CurlWritten
    func end(_ outcome: Result<Void, any Error>)
}

enum CurlWritten {
    case taken
    /// Nothing was taken: the transfer pauses until it is resumed, and libcurl keeps the bytes.
    case full
    /// Breaks the transfer off.
    case refused(HTTPError.Reason, detail: String)
}
