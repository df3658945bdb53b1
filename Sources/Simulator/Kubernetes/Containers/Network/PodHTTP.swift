/// The web server of a make-believe application: every path says hello, `/large` is 100 MiB (`?bytes=N` for another size).
struct PodHTTP {
    let network: PodNetwork
    let port: Int
    let output: any ByteSink

    private static let largeSize = 100 << 20

    private struct Head {
        var method: String
        var target: String
        var bodyCount = 0
        var isLast = false
    }

    /// Answers one request after the other.
    func serve(_ input: SharedInput) async throws {
        while let head = try await head(input) {
            let count = try await Self.skip(head.bodyCount, of: input)
            try await answer(head, bodyCount: count)
            if head.isLast { return }
        }
    }

    private func head(_ input: SharedInput) async throws -> Head? {
        guard let first = try await Self.text(input), !first.isEmpty else { return nil }
        let words = first.split(separator: " ").map(String.init)
        guard words.count == 3, words[2].hasPrefix("HTTP/1.") else {
            try await respond(400, "Bad Request", Array("this port speaks HTTP/1.1\n".utf8), isLast: true)
            return nil
        }
        var head = Head(method: words[0], target: words[1], isLast: words[2] == "HTTP/1.0")
        while let line = try await Self.text(input), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1).map { $0.lowercased() }
            guard parts.count == 2 else { continue }
            let value = parts[1].drop { $0 == " " }
            if parts[0] == "content-length" { head.bodyCount = max(0, Int(value) ?? 0) }
            if parts[0] == "connection", value == "close" { head.isLast = true }
            if parts[0] == "expect" { try await output.write(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)) }
        }
        return head
    }

    private static func text(_ input: SharedInput) async throws -> String? {
        guard var line = try await input.line() else { return nil }
        while line.last == 0x0a || line.last == 0x0d { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }

    private static func skip(_ count: Int, of input: SharedInput) async throws -> Int {
        var left = count
        while left > 0, let bytes = try await input.read(atMost: min(left, 1 << 16)) { left -= bytes.count }
        return count - left
    }

    private func answer(_ head: Head, bodyCount: Int) async throws {
        let path = head.target.prefix { $0 != "?" }
        guard path == "/large" else {
            let text =
                "hello from pod \(network.namespace)/\(network.pod) port \(port): \(head.method) \(head.target) "
                + "(\(bodyCount) body bytes)\n"
            return try await respond(200, "OK", Array(text.utf8), isLast: head.isLast, isHead: head.method == "HEAD")
        }
        let wanted = SimRequest.form(String(head.target.dropFirst(path.count + 1))).first { $0.name == "bytes" }
        let file = GeneratedFile(size: wanted.flatMap { Int($0.value) }.map { max(0, $0) } ?? Self.largeSize)
        try await output.write(
            Array(
                "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: \(file.size)\r\n\r\n".utf8
            ))
        guard head.method != "HEAD" else { return }
        var offset = 0
        while offset < file.size {
            let bytes = file.bytes(at: offset, count: 1 << 16)
            offset += bytes.count
            try await output.write(bytes)
        }
    }

    private func respond(_ status: Int, _ phrase: String, _ body: [UInt8], isLast: Bool, isHead: Bool = false)
        async throws
    {
        let close = isLast ? "Connection: close\r\n" : ""
        let head =
            "HTTP/1.1 \(status) \(phrase)\r\nContent-Type: text/plain\r\nContent-Length: \(body.count)\r\n\(close)\r\n"
        try await output.write(Array(head.utf8) + (isHead ? [] : body))
    }
}
