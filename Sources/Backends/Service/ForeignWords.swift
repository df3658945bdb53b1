import HTTP
import JSON

/// Finds, in the body of a refusal, the words that tell a person why. All of it is foreign text.
enum ForeignWords {
    private static let longest = 300

    /// The reason as Elasticsearch, Alertmanager, the API server's proxy or a plain page gives it; "" when there is none.
    static func reason(_ response: HTTPResponse) -> String {
        if isWebPage(response) { return title(response.body) }
        // A body that is no JSON is plain text: that is a case, not a failure.
        if let value = try? JSONValue.parse(response.body) { return cut(reason(in: value)) }
        let text = String(decoding: response.body.prefix(longest), as: UTF8.self)
        return cut(text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "")
    }

    static func isWebPage(_ response: HTTPResponse) -> Bool {
        if response.headers["Content-Type"]?.hasPrefix("text/html") == true { return true }
        let start = String(decoding: response.body.prefix(64).drop { $0 <= 32 }.prefix(9), as: UTF8.self).lowercased()
        return start == "<!doctype" || start.hasPrefix("<html")
    }

    static func title(_ body: [UInt8]) -> String {
        let page = String(decoding: body.prefix(8192), as: UTF8.self)
        guard let start = page.firstRange(of: "<title>"), let end = page[start.upperBound...].firstRange(of: "</title>")
        else { return "" }
        return cut(page[start.upperBound..<end.lowerBound].split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    private static func reason(in value: JSONValue) -> String {
        if let text = value.string { return text }
        let root = value["error"]?["root_cause"]?[0]?["reason"] ?? value["error"]?["reason"] ?? value["error"]
        return root?.string ?? value["message"]?.string ?? ""
    }

    private static func cut(_ text: String) -> String {
        text.count > longest ? text.prefix(longest) + "…" : text
    }
}
