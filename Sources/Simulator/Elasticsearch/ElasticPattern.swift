/// A regular expression over a whole value, for `regexp`.
///
/// Keeps the text and compiles when asked, because a compiled one cannot be shared; few people search by it.
struct ElasticPattern: Sendable {
    private let text: String

    /// Nil when it cannot be read.
    init?(_ text: String, ignoringCase: Bool = false) {
        self.text = ignoringCase ? "(?i)" + text : text
        // Why it does not compile is not told by Elasticsearch either.
        guard (try? Regex(self.text)) != nil else { return nil }
    }

    func matches(_ value: [UInt8]) -> Bool {
        // It compiled before.
        guard let regex = try? Regex(text) else { return false }
        return String(decoding: value, as: UTF8.self).wholeMatch(of: regex) != nil
    }
}
