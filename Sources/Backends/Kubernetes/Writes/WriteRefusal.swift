import HTTP
import JSON
import Model

/// A server's no to a change, read in full: code, reason, message and every cause. All of it but the code is foreign text.
public struct WriteRefusal: Error, Sendable, Equatable {
    public struct Cause: Sendable, Equatable {
        /// "spec.replicas"; "" for none.
        public var field: String
        public var message: String
        public var reason: String
        public init(field: String = "", message: String, reason: String = "") {
            self.field = field
            self.message = message
            self.reason = reason
        }
    }

    public var code: Int
    /// "Conflict", "Invalid", "TooManyRequests"; "" when the server gives none.
    public var reason: String
    /// As the server wrote it, line breaks included.
    public var words: String
    public var causes: [Cause]
    /// Seconds that the server wants to be left alone.
    public var retryAfter: Double?

    public init(code: Int, reason: String = "", words: String = "", causes: [Cause] = [], retryAfter: Double? = nil) {
        self.code = code
        self.reason = reason
        self.words = words
        self.causes = causes
        self.retryAfter = retryAfter
    }

    /// The server has too much to do; a disruption budget's no has the same code and is none of this.
    var isThrottling: Bool { code == 429 && retryAfter != nil && !causes.contains { $0.reason == "DisruptionBudget" } }

    /// One line: the server's words, then each cause that they do not hold already, and the code.
    public var message: String {
        let parts = ([words.isEmpty ? reason : words] + missing.map(Self.text)).filter { !$0.isEmpty }
        let text = parts.joined(separator: ": ").split(whereSeparator: \.isNewline).joined(separator: " ")
        return text.isEmpty ? "the server answered \(code)" : "\(text) (\(code))"
    }

    /// The same in lines, a cause a line, for the head of a file that is edited once more.
    public var lines: [String] {
        let head = (words.isEmpty ? "the server answered \(code)" : words).split(whereSeparator: \.isNewline)
        return head.map(String.init) + missing.map(Self.text)
    }

    private var missing: [Cause] { causes.filter { !$0.message.isEmpty && !words.contains($0.message) } }

    private static func text(_ cause: Cause) -> String {
        cause.field.isEmpty ? cause.message : "\(cause.field): \(cause.message)"
    }

    /// Reads an answer of 400 and above.
    init(_ answer: HTTPResponse, target: String, now: Timestamp) {
        self.init(code: answer.status)
        // What is no JSON has neither reason nor causes.
        let status = try? JSONValue.parse(answer.body)
        reason = status?.text("reason") ?? ""
        causes =
            status?.list("details", "causes").map {
                Cause(field: $0.text("field"), message: $0.text("message"), reason: $0.text("reason"))
            } ?? []
        switch Refusal.error(answer, target: target, now: now) {
        case .status(_, _, let message, _): words = message
        case .throttled(let seconds, _, let message, _): (words, retryAfter) = (message, seconds)
        case let other: words = other.message
        }
    }
}
