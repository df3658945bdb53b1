import Foundation
import HTTP
import JSON
import Synchronization

/// A very small API server in memory: objects by their paths, with dry runs, preconditions and versions; and the requests that
/// came, in order.
final class MiniCluster: HTTPTransport {
    private struct State {
        var objects: [String: JSONTree] = [:]
        var requests: [HTTPRequest] = []
        var answers: [String: [Result<HTTPResponse, HTTPError>]] = [:]
        var afterDelete: (@Sendable (MiniCluster, String) -> Void)?
        var version = 100
        var isAllowed = true
    }

    private let state = Mutex(State())

    /// Everything that was asked, "METHOD /path?query".
    var asked: [String] { requests.map { "\($0.method.rawValue) \(Self.path($0))" } }
    var requests: [HTTPRequest] { state.withLock { $0.requests } }
    /// What was asked that is neither a read nor a question about oneself nor a dry run.
    var changes: [String] {
        asked.filter { !$0.hasPrefix("GET ") && !$0.contains("/selfsubject") && !$0.contains("dryRun=All") }
    }
    /// The same with dry runs.
    var writes: [String] { asked.filter { !$0.hasPrefix("GET ") && !$0.contains("/selfsubject") } }

    func put(_ path: String, _ json: String) {
        let tree = JSONTree(try! JSONValue.parse(json))
        state.withLock { $0.objects[path] = tree }
    }

    func object(_ path: String) -> JSONTree? { state.withLock { $0.objects[path] } }
    func remove(_ path: String) { state.withLock { $0.objects[path] = nil } }
    func afterDelete(_ body: @escaping @Sendable (MiniCluster, String) -> Void) {
        state.withLock { $0.afterDelete = body }
    }
    /// Rights reviews say no from now on.
    func forbid() { state.withLock { $0.isAllowed = false } }

    /// The next request for "METHOD /path" gets this instead; a dry run has `?dryRun` behind its path.
    func answer(_ key: String, status: Int, _ body: String) {
        answer(key, .success(HTTPResponse(head: HTTPHead(status: status), body: Array(body.utf8))))
    }
    func fail(_ key: String, _ reason: HTTPError.Reason) {
        answer(key, .failure(HTTPError(reason, target: "https://sandbox.lantern.example:6443")))
    }
    private func answer(_ key: String, _ answer: Result<HTTPResponse, HTTPError>) {
        state.withLock { $0.answers[key, default: []].append(answer) }
    }

    func stream(_ request: HTTPRequest) async throws -> HTTPStream {
        let answer = try await send(request)
        return HTTPStream(head: answer.head, body: HTTPByteStream(chunks: [answer.body]))
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let path = Self.path(request)
        let bare = String(path.prefix { $0 != "?" })
        let isDry = path.contains("dryRun=All")
        let key = "\(request.method.rawValue) \(bare)\(isDry ? "?dryRun" : "")"
        let scripted = state.withLock { state -> Result<HTTPResponse, HTTPError>? in
            state.requests.append(request)
            guard let first = state.answers[key]?.first else { return nil }
            state.answers[key]?.removeFirst()
            return first
        }
        if let scripted { return try scripted.get() }
        switch request.method {
        case .get, .head: return get(bare, path)
        case .post: return post(bare, request, isDry)
        case .delete: return delete(bare, request, isDry)
        case .patch: return patch(bare, request, isDry)
        case .put: return replace(bare, request, isDry)
        }
    }

    // MARK: reading

    private func get(_ bare: String, _ path: String) -> HTTPResponse {
        if let object = object(bare) { return Self.answer(200, object) }
        if bare.hasSuffix("/scale"), let object = object(String(bare.dropLast("/scale".count))) {
            return Self.answer(
                200, .object(["spec": .object(["replicas": object[path: ["spec", "replicas"]] ?? .number("0")])]))
        }
        let plural = String(bare.split(separator: "/").last ?? "")
        guard Self.plurals.contains(plural) else { return Self.refusal(404, "NotFound", "\(bare) not found") }
        let all = state.withLock { $0.objects }.sorted { $0.key < $1.key }
        let inside = all.filter { key, _ in
            let parts = key.split(separator: "/")
            guard parts.count > 1, parts[parts.count - 2] == plural[...] else { return false }
            return key.hasPrefix(bare + "/") || !bare.contains("/namespaces/") || plural == "nodes"
        }
        let query = path.removingPercentEncoding ?? path
        let chosen = inside.map(\.value).filter { object in
            guard let range = query.range(of: "spec.nodeName=") else { return true }
            return object[path: ["spec", "nodeName"]]?.string == String(query[range.upperBound...].prefix { $0 != "&" })
        }
        return Self.answer(200, .object(["kind": .string("List"), "items": .array(chosen), "metadata": .object([:])]))
    }

    private static let plurals: Set = [
        "pods", "deployments", "replicasets", "controllerrevisions", "services", "ingresses", "poddisruptionbudgets",
        "horizontalpodautoscalers", "nodes", "jobs", "secrets", "configmaps", "statefulsets",
    ]

    // MARK: changing

    private func post(_ bare: String, _ request: HTTPRequest, _ isDry: Bool) -> HTTPResponse {
        let isAllowed = state.withLock { $0.isAllowed }
        if bare.hasSuffix("selfsubjectrulesreviews") {
            let rule = #"{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}"#
            return Self.json(201, #"{"status":{"resourceRules":[\#(isAllowed ? rule : "")],"incomplete":false}}"#)
        }
        if bare.hasSuffix("selfsubjectaccessreviews") {
            return Self.json(201, #"{"status":{"allowed":\#(isAllowed)}}"#)
        }
        if bare.hasSuffix("/eviction") {
            let pod = String(bare.dropLast("/eviction".count))
            guard object(pod) != nil else { return Self.refusal(404, "NotFound", "pods not found") }
            if !isDry { deleted(pod) }
            return Self.json(201, #"{"kind":"Status","status":"Success"}"#)
        }
        let body = Self.tree(request)
        let path = "\(bare)/\(body[path: ["metadata", "name"]]?.string ?? "generated")"
        guard object(path) == nil else { return Self.refusal(409, "AlreadyExists", "\(path) already exists") }
        return store(path, body, isDry, status: 201)
    }

    private func delete(_ bare: String, _ request: HTTPRequest, _ isDry: Bool) -> HTTPResponse {
        guard let object = object(bare) else { return Self.refusal(404, "NotFound", "\(bare) not found") }
        let uid = Self.tree(request)[path: ["preconditions", "uid"]]
        guard uid == nil || uid == object[path: ["metadata", "uid"]] else {
            return Self.refusal(409, "Conflict", "the UID in the precondition does not match the UID in record")
        }
        if !isDry { deleted(bare) }
        return Self.answer(200, object)
    }

    private func deleted(_ path: String) {
        let after = state.withLock { state in
            state.objects[path] = nil
            return state.afterDelete
        }
        after?(self, path)
    }

    private func patch(_ bare: String, _ request: HTTPRequest, _ isDry: Bool) -> HTTPResponse {
        let path = ["/scale", "/ephemeralcontainers"].reduce(bare) {
            $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0
        }
        let type = request.headers["Content-Type"] ?? ""
        let body = Self.tree(request)
        guard var object = object(path) else {
            return type.contains("apply")
                ? store(path, body, isDry, status: 201) : Self.refusal(404, "NotFound", "gone")
        }
        let uid = body[path: ["metadata", "uid"]]
        guard uid == nil || uid == object[path: ["metadata", "uid"]] else {
            return Self.refusal(409, "Conflict", "Precondition failed: UID in precondition")
        }
        if case .array(let operations) = body {
            for operation in operations where operation["op"] == .string("replace") {
                let keys = operation["path"]?.string?.split(separator: "/").map(String.init) ?? []
                object[path: keys] = operation["value"]
            }
        } else {
            object = Self.merged(object, body)
        }
        return store(path, object, isDry, status: 200)
    }

    private static func merged(_ object: JSONTree, _ patch: JSONTree) -> JSONTree {
        guard case .object(let changes) = patch else { return patch }
        var result = object.members ?? [:]
        for (key, value) in changes {
            result[key] = value == .null ? nil : merged(result[key] ?? .object([:]), value)
        }
        return .object(result)
    }

    private func replace(_ bare: String, _ request: HTTPRequest, _ isDry: Bool) -> HTTPResponse {
        let body = Self.tree(request)
        guard let object = object(bare) else { return Self.refusal(404, "NotFound", "\(bare) not found") }
        let version = ["metadata", "resourceVersion"]
        guard body[path: version] == object[path: version] else {
            return Self.refusal(409, "Conflict", "the object has been modified")
        }
        return store(bare, body, isDry, status: 200)
    }

    private func store(_ path: String, _ object: JSONTree, _ isDry: Bool, status: Int) -> HTTPResponse {
        var object = object
        guard !isDry else { return Self.answer(status, object) }
        state.withLock { state in
            state.version += 1
            object[path: ["metadata", "resourceVersion"]] = .string(String(state.version))
            if object[path: ["metadata", "uid"]] == nil {
                object[path: ["metadata", "uid"]] = .string("made-\(state.version)")
            }
            state.objects[path] = object
        }
        return Self.answer(status, object)
    }

    // MARK: answers

    private static func path(_ request: HTTPRequest) -> String {
        HTTPAddress(request.url)?.pathAndQuery ?? request.url
    }
    private static func tree(_ request: HTTPRequest) -> JSONTree {
        request.body.flatMap { try? JSONValue.parse($0) }.map(JSONTree.init) ?? .object([:])
    }
    private static func answer(_ status: Int, _ tree: JSONTree) -> HTTPResponse {
        HTTPResponse(head: HTTPHead(status: status), body: tree.literal.bytes)
    }
    private static func json(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(head: HTTPHead(status: status), body: Array(text.utf8))
    }
    static func refusal(_ status: Int, _ reason: String, _ message: String) -> HTTPResponse {
        json(
            status,
            #"{"kind":"Status","status":"Failure","reason":"\#(reason)","message":"\#(message)","code":\#(status)}"#)
    }
}
