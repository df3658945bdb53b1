/// Where audit lines go: the file, or a test's list.
public protocol AuditWriting: Sendable {
    /// Keeps one line, ending included, for good before it returns.
    func append(_ line: [UInt8]) throws(AuditFault)
}

/// Why an audit line could not be kept.
public struct AuditFault: Error, Sendable, Equatable {
    /// "cannot write the audit file ~/…: no space left on device".
    public var message: String
    public init(message: String) { self.message = message }
}
