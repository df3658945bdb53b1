extension KubernetesServer {
    /// Lays a configuration over an object (server-side apply): what the manager named before and does not name any more
    /// goes, what others own is a conflict unless it is forced. Where there is no object it comes into being.
    func applyAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        let negotiation = try request.negotiated()
        let options = try WriteOptions(request.http, kind: "PatchOptions")
        guard options.isManagerNamed else {
            throw .invalid(
                "PatchOptions", "", group: "meta.k8s.io", [.required("fieldManager", "is required for apply patch")])
        }
        let config = try configuration(request, name)
        var warnings: [String] = []
        let key = ObjectKey(request.path.namespace ?? "", name)
        let writer = request.writer(negotiation.representation, now: clock.now)
        guard store.get(request.resource.storage, key) != nil else {
            guard request.path.subresource == nil else { throw .notFound(request.resource, name) }
            let fields = ManagedFields.stripped(FieldWalk(request.resource).fields(config))
            var body = config
            body["metadata"]["name"] = .string(name)
            let made = try create(body, request, options, &warnings, applied: fields)
            return warned(encoded(writer.single(made), negotiation, status: 201), warnings)
        }
        let object = try change(request, name, options) { (present) throws(APIStatus) in
            try self.applied(config, to: present, request, options)
        }
        return warned(encoded(writer.single(object), negotiation), warnings)
    }

    private func applied(
        _ config: SimJSON, to present: StoredObject, _ request: ResourceRequest, _ options: WriteOptions
    ) throws(APIStatus) -> WantedChange {
        let walk = FieldWalk(request.resource)
        var managed = ManagedFields.of(present.json, request.resource)
        var writer = ManagedFields.writer(options, request, isApplied: true, now: clock.now)
        writer.fields = ManagedFields.stripped(walk.fields(config))
        let last = managed.entries.first { $0.isSameWriter(writer) }?.fields ?? FieldSet()
        let kept = managed.entries.filter { !$0.isSameWriter(writer) }
            .reduce(writer.fields) { $0.union($1.fields) }
        let merged = walk.removing(
            last.subtracting(kept), keeping: kept, from: walk.merged(config, into: present.json))
        let difference = walk.difference(
            present.json.comparedPart(of: request), merged.comparedPart(of: request))
        let conflicts = managed.conflicts(difference, with: writer)
        guard conflicts.isEmpty || options.isForced else { throw .applyConflict(conflicts) }
        managed.apply(difference, by: writer)
        return WantedChange(json: ObjectDefaults.completed(merged, request.resource), managed: managed)
    }

    /// The configuration without kind, version and what an apply does not touch.
    private func configuration(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimJSON {
        let resource = request.resource
        let body = try WriteBody.yaml(request.http.body, kind: resource.kind)
        let version = body["apiVersion"].stringValue ?? ""
        guard version == resource.groupVersion else {
            throw .badRequest(
                "Incorrect version specified in apply patch. Specified patch version: \(version), expected: "
                    + resource.groupVersion)
        }
        guard body["metadata"]["managedFields"].items.isEmpty else {
            throw .badRequest("metadata.managedFields must be nil")
        }
        let metadata = body["metadata"]
        let named = metadata["name"].stringValue ?? name
        guard named == name else {
            throw .badRequest("the name of the object (\(named)) does not match the name on the URL (\(name))")
        }
        var config = body
        config["kind"] = .null
        config["apiVersion"] = .null
        config["metadata"]["managedFields"] = .null
        config["metadata"]["creationTimestamp"] = .null
        if let structure = FieldSchema.name(of: resource) {
            var check = SchemaCheck()
            config = check.known(config, structure)
            if !check.unknown.isEmpty { throw .untyped(body, check.unknown) }
            if let problem = check.mismatch { throw .unreadable(resource, problem) }
        }
        if resource.hasStatus, request.path.subresource != "status" { config["status"] = .null }
        return config
    }
}

extension SimJSON {
    /// What of an object a write of this path can change: everything but the status, or the status alone.
    func comparedPart(of request: ResourceRequest) -> SimJSON {
        guard request.path.subresource == "status" else { return withoutStatus(of: request.resource) }
        return ["status": self["status"]]
    }
}

extension APIStatus {
    /// A configuration that names fields its kind does not have; a real server takes this for its own failure.
    fileprivate static func untyped(_ body: SimJSON, _ unknown: [String]) -> APIStatus {
        let metadata = body["metadata"]
        let (namespace, name) = (metadata["namespace"].stringValue ?? "", metadata["name"].stringValue ?? "")
        let texts = unknown.map { ".\($0): field not declared in schema" }
        let text = texts.count == 1 ? texts[0] : "errors:\n" + texts.map { "  \($0)" }.joined(separator: "\n")
        return APIStatus(
            code: 500,
            message:
                "failed to create typed patch object (\(namespace)/\(name); \(body["apiVersion"].stringValue ?? ""), "
                + "Kind=\(body["kind"].stringValue ?? "")): \(text)")
    }

    fileprivate static func applyConflict(_ conflicts: [(owner: ManagedFields.Entry, path: String)]) -> APIStatus {
        let causes = conflicts.map { conflict -> SimJSON in
            [
                "reason": "FieldManagerConflict", "message": .string("conflict with \(conflict.owner.text)"),
                "field": .string(conflict.path),
            ]
        }
        var message = "Apply failed with 1 conflict: conflict with \(conflicts[0].owner.text): \(conflicts[0].path)"
        if conflicts.count > 1 {
            var lines: [String] = []
            for (index, conflict) in conflicts.enumerated() {
                let isFirst = index == 0 || conflicts[index - 1].owner.text != conflict.owner.text
                if isFirst { lines.append("conflicts with \(conflict.owner.text):") }
                lines.append("- \(conflict.path)")
            }
            message = "Apply failed with \(conflicts.count) conflicts: \(lines.joined(separator: "\n"))"
        }
        return APIStatus(code: 409, reason: "Conflict", message: message, details: ["causes": .array(causes)])
    }
}
