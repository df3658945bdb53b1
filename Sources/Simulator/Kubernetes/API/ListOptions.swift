import Foundation

/// What the query of a list or watch asks for.
struct ListOptions: Sendable {
    var labels: LabelSelector?
    var fields: FieldSelector?
    var limit: Int
    var continuation: ContinueToken?
    var revisionText: String
    var match: String?
    var isWatch: Bool
    var wantsBookmarks: Bool
    var wantsInitialEvents: Bool?
    var timeout: Double?

    init(_ request: SimRequest, for resource: APIResource) throws(APIStatus) {
        labels = nil
        if let text = request.parameter("labelSelector"), !text.isEmpty { labels = try LabelSelector(text) }
        fields = nil
        if let text = request.parameter("fieldSelector"), !text.isEmpty {
            fields = try FieldSelector(text, for: resource)
        }
        limit = request.parameter("limit").flatMap { Int($0) } ?? 0
        continuation = nil
        if let text = request.parameter("continue"), !text.isEmpty { continuation = try ContinueToken(text) }
        revisionText = request.parameter("resourceVersion") ?? ""
        match = request.parameter("resourceVersionMatch")
        isWatch = request.flag("watch")
        wantsBookmarks = request.flag("allowWatchBookmarks")
        wantsInitialEvents = request.parameter("sendInitialEvents").map { $0 != "false" && $0 != "0" }
        timeout = request.parameter("timeoutSeconds").flatMap { Double($0) }
        try check()
    }

    /// The revision in the query: nil for none, 0 for "any".
    func revision() throws(APIStatus) -> Int? {
        guard !revisionText.isEmpty else { return nil }
        guard let number = Int(revisionText), number >= 0 else { throw .badVersion(revisionText) }
        return number
    }

    func selects(_ object: StoredObject) -> Bool {
        if let labels, !labels.matches(object.labels) { return false }
        if let fields, !fields.matches(object.json) { return false }
        return true
    }

    private func check() throws(APIStatus) {
        guard wantsInitialEvents != nil else { return }
        let problem: String
        if !isWatch {
            problem = "sendInitialEvents is forbidden for list"
            throw .invalid("ListOptions", "", group: "meta.k8s.io", field: "sendInitialEvents", "Forbidden: \(problem)")
        }
        guard match != "NotOlderThan" else { return }
        problem = "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
        throw .invalid("ListOptions", "", group: "meta.k8s.io", field: "resourceVersionMatch", "Forbidden: \(problem)")
    }
}

/// Where a paged list goes on: the revision of its first page and the first key of the next.
struct ContinueToken: Sendable, Equatable {
    /// -1: whatever is there now, after the first page's revision was forgotten.
    var revision: Int
    var start: String

    init(revision: Int, start: String) {
        self.revision = revision
        self.start = start
    }

    init(_ text: String) throws(APIStatus) {
        var padded = text.replacing("-", with: "+").replacing("_", with: "/")
        while padded.utf8.count % 4 != 0 { padded += "=" }
        guard let data = Data(base64Encoded: padded),
            let json = try? SimJSON(parsing: data),  // Whatever is wrong with it, the answer is the one below.
            let revision = json["rv"].intValue, let start = json["start"].stringValue
        else { throw .badRequest("invalid continue token: continue key is not valid") }
        self.init(revision: revision, start: start)
    }

    var text: String {
        let json: SimJSON = ["v": "meta.k8s.io/v1", "rv": .int(revision), "start": .string(start)]
        return Data(json.bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
