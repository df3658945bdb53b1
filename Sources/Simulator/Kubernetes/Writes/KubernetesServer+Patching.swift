extension KubernetesServer {
    /// Changes one object by a patch of any type.
    func patchAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("patch") else { throw .methodNotAllowed }
        if WriteBody.form(request.http) == .apply { return try applyAnswer(request, name) }
        let negotiation = try request.negotiated()
        let options = try WriteOptions(request.http, kind: "PatchOptions")
        guard !options.isForced else {
            throw .invalid(
                "PatchOptions", "", group: "meta.k8s.io",
                [.forbidden("force", "may not be specified for non-apply patch")])
        }
        let patch = try Patch(request, options)
        var warnings: [String] = []
        let object = try patched(request, name, patch, options, &warnings)
        return warned(
            encoded(request.writer(negotiation.representation, now: clock.now).single(object), negotiation), warnings)
    }

    private func patched(
        _ request: ResourceRequest, _ name: String, _ patch: Patch, _ options: WriteOptions, _ warnings: inout [String]
    ) throws(APIStatus) -> StoredObject {
        let draft = ObjectDraft(resource: request.resource, now: clock.now)
        let writer = request.writer(.object, now: clock.now)
        var told: [String] = []
        let object = try change(request, name, options) { (present) throws(APIStatus) in
            var after = try patch.applied(to: writer.kinded(present.json))
            // What the patch does not name stays at the version that was patched: no conflict with oneself.
            told = []
            after = try draft.read(after, options, &told)
            let uid = after["metadata"]["uid"].stringValue ?? ""
            guard uid == present.uid else {
                throw .invalid(
                    request.resource.kind, name, group: request.resource.group,
                    [.invalid("metadata.uid", .string(uid), "field is immutable")])
            }
            return WantedChange(json: ObjectDefaults.completed(after, request.resource))
        }
        warnings = told
        return object
    }
}
