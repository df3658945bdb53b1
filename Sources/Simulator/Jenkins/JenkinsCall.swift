import Foundation

/// One authenticated request to the simulated Jenkins, and the ways to answer it.
struct JenkinsCall {
    let request: SimRequest
    let login: String
    let now: Date
    /// The path's segments, decoded.
    let parts: [String]
    /// The server's own address as the client called it, with a slash at its end.
    let base: String

    init(_ request: SimRequest, login: String, at now: Date) {
        self.request = request
        self.login = login
        self.now = now
        parts = request.path.split(separator: "/").map(String.init)
        base = "http://\(request.header("Host") ?? "127.0.0.1")/"
    }

    /// What a person would get as JSON, cut to what `tree` or `depth` asks for.
    func answer(_ export: JenkinsExport) -> SimResponse {
        guard parts.suffix(2) == ["api", "json"] else {
            return parts.last == "api" || parts.contains("api")
                ? notFound : .text("<html><body>Jenkins</body></html>", type: "text/html;charset=utf-8")
        }
        guard let text = request.parameter("tree"), !text.isEmpty else {
            let depth = min(request.parameter("depth").flatMap { Int($0) } ?? 0, 10)
            return json(export.json(level: 1 - depth))
        }
        do throws(JenkinsTree.Mistake) {
            return json(export.json(pruned: try JenkinsTree(parsing: text)))
        } catch {
            guard case .unexpected(let what, let position) = error else { return self.error(400, "bad tree") }
            return self.error(400, "unexpected \(what) in tree at \(position): \(text)")
        }
    }

    func json(_ json: SimJSON) -> SimResponse {
        SimResponse(type: "application/json;charset=utf-8", body: json.bytes)
    }

    func error(_ status: Int, _ reason: String) -> SimResponse {
        let escaped = reason.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return .text(
            "<html><head><title>Error \(status)</title></head><body><h2>HTTP ERROR \(status)</h2><p>\(escaped)</p></body></html>\n",
            status: status,
            type: "text/html;charset=utf-8")
    }

    var notFound: SimResponse { error(404, "Not Found") }
    var postOnly: SimResponse { error(405, "This URL requires POST") }
}
