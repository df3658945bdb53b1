/// What a write makes of an object: its new state and, for an apply, who owns it then.
struct WantedChange: Sendable {
    var json: SimJSON
    var managed: ManagedFields?
}

extension KubernetesServer {
    /// Puts an object in place of another.
    func replaceAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("update") else { throw .methodNotAllowed }
        let negotiation = try request.negotiated()
        let options = try WriteOptions(request.http, kind: "UpdateOptions")
        let body = try WriteBody.object(request.http, kind: request.resource.kind)
        let draft = ObjectDraft(resource: request.resource, now: clock.now)
        var warnings: [String] = []
        let json = try draft.read(body, options, &warnings)
        let named = json["metadata"]["name"].stringValue ?? ""
        guard named == name else {
            throw .badRequest("the name of the object (\(named)) does not match the name on the URL (\(name))")
        }
        let other = json["metadata"]["namespace"].stringValue ?? ""
        guard other.isEmpty || other == request.path.namespace ?? "" else {
            throw .badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
        let object = try change(request, name, options) { (present) throws(APIStatus) in
            if let uid = json["metadata"]["uid"].stringValue, !uid.isEmpty, uid != present.uid {
                throw .otherObject(request.resource, present.key, wanted: uid, found: present.uid)
            }
            let full = ObjectDefaults.kept(json, present.json, request.resource)
            return WantedChange(json: ObjectDefaults.completed(full, request.resource))
        }
        let bytes = request.writer(negotiation.representation, now: clock.now).single(object)
        return warned(encoded(bytes, negotiation), warnings)
    }

    /// Changes one object: `make` gives the new state of the present one; what the client said about version and
    /// identity is checked, then meaning, then admission. Where somebody else was faster all begins again.
    func change(
        _ request: ResourceRequest, _ name: String, _ options: WriteOptions,
        _ make: (StoredObject) throws(APIStatus) -> WantedChange
    ) throws(APIStatus) -> StoredObject {
        let key = ObjectKey(request.path.namespace ?? "", name)
        let resource = request.resource
        // Whoever loses a hundred races has a client to blame that writes without end.
        for _ in 0..<100 {
            guard let present = store.get(resource.storage, key) else { throw .notFound(resource, name) }
            let change = try make(present)
            let wanted = change.json
            let version = wanted["metadata"]["resourceVersion"].stringValue ?? ""
            guard version.isEmpty || version == "\(present.revision)" else { throw .conflict(resource, name) }
            let draft = ObjectDraft(resource: resource, now: clock.now)
            let part = request.path.subresource.flatMap { ["status", "ephemeralcontainers"].contains($0) ? $0 : nil }
            var after = draft.changed(present.json, to: wanted, part: part)
            // Of a scale only the number changes, and that was looked at.
            let problems =
                request.path.subresource == "scale"
                ? [] : validation(of: resource).problems(after, before: present.json, part: part)
            guard problems.isEmpty else { throw .invalid(resource.kind, name, group: resource.group, problems) }
            try admit(after, before: present.json, request)
            note(change.managed, present.json, &after, request, options)
            if let object = try replaced(present, after, request, options) { return object }
        }
        throw .conflict(resource, name)
    }

    /// Notes in an object who wrote what of it.
    private func note(
        _ managed: ManagedFields?, _ before: SimJSON, _ after: inout SimJSON, _ request: ResourceRequest,
        _ options: WriteOptions
    ) {
        if let managed {
            after["metadata"]["managedFields"] = managed.json
        } else {
            let difference = FieldWalk(request.resource).difference(
                before.comparedPart(of: request), after.comparedPart(of: request))
            guard difference != FieldWalk.Difference() else { return }
            var managed = ManagedFields.of(before, request.resource)
            managed.update(
                difference, by: ManagedFields.writer(options, request, isApplied: false, now: clock.now))
            after["metadata"]["managedFields"] = managed.json
        }
        after = after.metadataOrdered
    }

    /// The object as it is now stored; nil where it changed meanwhile.
    private func replaced(
        _ present: StoredObject, _ after: SimJSON, _ request: ResourceRequest, _ options: WriteOptions
    ) throws(APIStatus) -> StoredObject? {
        if options.isDryRun { return StoredObject(key: present.key, revision: present.revision, json: after) }
        let resource = request.resource.storage
        do throws(StoreError) {
            let object = try store.replace(resource, present.key, after, at: present.revision)
            // What was only held by its finalizers goes with the last of them.
            guard Deletion.isDone(resource, object.json) else { return object }
            return try store.remove(resource, present.key)
        } catch {
            guard error == .conflict else { throw .notFound(request.resource, present.key.name) }
            return nil
        }
    }
}
