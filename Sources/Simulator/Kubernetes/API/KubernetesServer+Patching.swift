extension KubernetesServer {
    /// Changes one object by a merge patch or a strategic one.
    func patchAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("patch"), [nil, "status"].contains(request.path.subresource) else {
            throw .methodNotAllowed
        }
        let negotiation = try request.negotiated()
        let patch = try body(request)
        let type = request.http.header("content-type")?.split(separator: ";").first.map(String.init) ?? ""
        guard type == "application/merge-patch+json" || type == "application/strategic-merge-patch+json" else {
            throw APIStatus(
                code: 415, reason: "UnsupportedMediaType",
                message: "the body of the request was in an unknown format - accepted media types include: "
                    + "application/merge-patch+json, application/strategic-merge-patch+json")
        }
        let key = ObjectKey(request.path.namespace ?? "", name)
        guard let object = store.get(request.resource.storage, key) else { throw .notFound(request.resource, name) }
        if let wanted = patch["metadata"]["resourceVersion"].stringValue, wanted != "\(object.revision)" {
            throw .conflict(request.resource, name)
        }
        let isStrategic = type.contains("strategic")
        let part = request.path.subresource == "status" ? "status" : nil
        let change: (SimJSON) -> SimJSON = { present in
            Self.patched(present, patch, isStrategic: isStrategic, part: part)
        }
        guard request.http.parameter("dryRun") == nil else {
            let tried = StoredObject(key: key, revision: object.revision, json: change(object.json))
            return encoded(request.writer(negotiation.representation, now: clock.now).single(tried), negotiation)
        }
        do throws(StoreError) {
            let after = try store.update(request.resource.storage, key, change)
            return encoded(request.writer(negotiation.representation, now: clock.now).single(after), negotiation)
        } catch {
            throw .notFound(request.resource, name)
        }
    }

    /// The status belongs to its own path: a patch of the object leaves it, a patch of the status touches nothing else.
    private static func patched(_ present: SimJSON, _ patch: SimJSON, isStrategic: Bool, part: String?) -> SimJSON {
        var patch = patch
        for name in ["kind", "apiVersion"] { patch[name] = .null }
        var after = isStrategic ? MergePatch.strategic(patch, into: present) : MergePatch.merge(patch, into: present)
        if let part {
            var only = present
            only[part] = after[part]
            return only
        }
        after["status"] = present["status"]
        let fixed = ["name", "namespace", "uid", "creationTimestamp", "resourceVersion", "generation"]
        for name in fixed { after["metadata"][name] = present["metadata"][name] }
        if after["spec"] != present["spec"], let generation = present["metadata"]["generation"].intValue {
            after["metadata"]["generation"] = .int(generation + 1)
        }
        return after
    }

    /// The scale of something that can be scaled.
    func scaleAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        guard let object = store.get(request.resource.storage, request.path.namespace ?? "", name) else {
            throw .notFound(request.resource, name)
        }
        let metadata = object.json["metadata"]
        var shown = SimJSON.emptyObject
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            shown[field] = metadata[field]
        }
        return .json([
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": shown,
            "spec": ["replicas": .int(object.json["spec"]["replicas"].intValue ?? 0)],
            "status": [
                "replicas": .int(object.json["status"]["replicas"].intValue ?? 0),
                "selector": .string(object.json["spec"]["selector"]["matchLabels"].labelsText),
            ],
        ])
    }
}
