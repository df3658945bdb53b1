import Foundation

extension KubernetesServer {
    /// A list, whole or a page of it.
    func listAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("list") else { throw .methodNotAllowed }
        let negotiation = try request.negotiated()
        let page = try listPage(request)
        let writer = request.writer(negotiation.representation, now: clock.now)
        return encoded(writer.list(page.objects, metadata: page.metadata), negotiation)
    }

    /// One object.
    func getAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("get") else { throw .methodNotAllowed }
        let negotiation = try request.negotiated()
        guard let object = store.get(request.resource.storage, request.path.namespace ?? "", name) else {
            throw .notFound(request.resource, name)
        }
        return encoded(request.writer(negotiation.representation, now: clock.now).single(object), negotiation)
    }

    /// The body in the encoding that was agreed on.
    func encoded(_ json: [UInt8], _ negotiation: Negotiation, status: Int = 200) -> SimResponse {
        let headers: [(name: String, value: String)] = [("Cache-Control", "no-cache, private")]
        guard negotiation.isYAML || negotiation.isPretty, let tree = try? SimJSON(parsing: json) else {
            // Our own bytes always parse; compact JSON needs no tree.
            return SimResponse(status: status, type: "application/json", headers: headers, body: json)
        }
        let text = negotiation.isYAML ? tree.yamlText : tree.prettyText
        let type = negotiation.isYAML ? "application/yaml" : "application/json"
        return SimResponse(status: status, type: type, headers: headers, body: Array(text.utf8))
    }

    private func listPage(_ request: ResourceRequest) throws(APIStatus) -> (objects: [StoredObject], metadata: SimJSON)
    {
        let options = request.options
        let current = store.revision
        var revision = try options.revision()
        if let wanted = revision, wanted > current { throw .tooLargeVersion(wanted, current: current) }
        if options.match != "Exact" { revision = nil }
        if let token = options.continuation { revision = token.revision < 0 ? nil : token.revision }
        var found = try objects(request, at: revision)
        if let token = options.continuation {
            found.objects.removeAll { Self.startKey($0.key, of: request) < token.start }
        }
        var metadata: SimJSON = ["resourceVersion": .string("\(found.revision)")]
        guard options.limit > 0, found.objects.count > options.limit else { return (found.objects, metadata) }
        let last = found.objects[options.limit - 1]
        let start = Self.startKey(last.key, of: request) + "\0"
        metadata["continue"] = .string(ContinueToken(revision: found.revision, start: start).text)
        if options.labels == nil, options.fields == nil {
            metadata["remainingItemCount"] = .int(found.objects.count - options.limit)
        }
        return (Array(found.objects.prefix(options.limit)), metadata)
    }

    private func objects(
        _ request: ResourceRequest, at revision: Int?
    ) throws(APIStatus) -> (objects: [StoredObject], revision: Int) {
        let options = request.options
        do throws(StoreError) {
            var found = try store.list(request.resource.storage, namespace: request.path.namespace, at: revision)
            if options.labels != nil || options.fields != nil { found.objects.removeAll { !options.selects($0) } }
            return found
        } catch {
            guard let token = options.continuation else { throw .listExpired }
            let start = token.start.hasPrefix("/") ? String(token.start.dropFirst()) : token.start
            throw .continueExpired(fresh: ContinueToken(revision: -1, start: start).text)
        }
    }

    /// The key that a token names: within a namespace the name, over all namespaces `namespace/name`.
    private static func startKey(_ key: ObjectKey, of request: ResourceRequest) -> String {
        let isWhole = request.path.namespace == nil && request.resource.isNamespaced
        let text = isWhole ? "\(key.namespace)/\(key.name)" : key.name
        let isFresh = request.options.continuation.map { !$0.start.hasPrefix("/") } ?? false
        return isFresh ? text : "/\(text)"
    }
}
