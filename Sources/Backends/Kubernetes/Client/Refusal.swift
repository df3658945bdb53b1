import HTTP
import JSON
import Model

/// Reads why a server said no: a `Status` object where there is one, plain text or a foreign page where not.
enum Refusal {
    static func error(_ answer: HTTPResponse, target: String, now: Timestamp) -> KubernetesError {
        // What is no JSON has no reason to give; its first line is the message then.
        let status = try? JSONValue.parse(answer.body)
        let reason = status?["reason"]?.string ?? ""
        let words = status == nil ? kind(of: answer) ?? firstLine(of: answer.body) : ""
        let message = trimmed(status?["message"]?.string ?? words)
        let wait = retryAfter(answer, status, now)
        if let wait, answer.status == 429 || answer.status == 503 {
            return .throttled(seconds: wait, code: answer.status, message: message, target: target)
        }
        let token = answer.status == 410 ? status?[path: "metadata", "continue"]?.string : nil
        if let token, !token.isEmpty { return .pageExpired(continuation: token, target: target) }
        return .status(code: answer.status, reason: reason, message: message, target: target)
    }

    /// Seconds that the server wants to be left alone, from the header or from the `Status`; what is too
    /// long to obey is shortened.
    private static func retryAfter(_ answer: HTTPResponse, _ status: JSONValue?, _ now: Timestamp) -> Double? {
        if let said = HTTPRetry.retryAfter(answer.head, now: now.seconds) { return said }
        guard let seconds = status?[path: "details", "retryAfterSeconds"]?.double, seconds >= 0 else { return nil }
        return min(seconds, HTTPRetry.longestWait)
    }

    /// What stands there instead of an API's answer, when it is recognisable.
    static func kind(of answer: HTTPResponse) -> String? {
        let type = answer.headers["Content-Type"] ?? ""
        let start = answer.body.prefix(64).filter { $0 > 32 }.prefix(14)
        let looksLikeHTML = start.first == UInt8(ascii: "<")
        guard type.hasPrefix("text/html") || looksLikeHTML else { return nil }
        return "it is a web page: a proxy or a login page answered in the API server's place"
    }

    private static func firstLine(of body: [UInt8]) -> String {
        String(decoding: body.prefix(300).prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    /// The body of a refused stream, as far as it is worth reading.
    static func body(of stream: HTTPStream) async throws -> [UInt8] {
        var body: [UInt8] = []
        for try await chunk in stream.body {
            body += chunk
            if body.count > 1 << 20 { break }
        }
        return body
    }
}
