import Foundation

extension KubernetesServer {
    /// Deletes one object: pods in their time, objects with finalizers when these are gone, all others at once.
    func deleteAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("delete"), request.path.subresource == nil else { throw .methodNotAllowed }
        let negotiation = try request.negotiated()
        let write = try WriteOptions(request.http, kind: "DeleteOptions")
        let options = try deleteOptions(request)
        let key = ObjectKey(request.path.namespace ?? "", name)
        guard let object = store.get(request.resource.storage, key) else { throw .notFound(request.resource, name) }
        try check(options["preconditions"], object, request)
        let deletion = Deletion(store: store, now: clock.now)
        let isDryRun = write.isDryRun || !options["dryRun"].items.isEmpty
        let grace =
            request.http.parameter("gracePeriodSeconds").flatMap { Int($0) } ?? options["gracePeriodSeconds"].intValue
        let policy = request.http.parameter("propagationPolicy") ?? options["propagationPolicy"].stringValue
        let outcome: Deletion.Outcome
        do throws(StoreError) {
            outcome = try deletion.delete(
                request.resource.storage, object, grace: grace, policy: policy ?? "Background", isDryRun: isDryRun)
        } catch {
            throw .notFound(request.resource, name)
        }
        switch outcome {
        case .marked(let object):
            return encoded(request.writer(negotiation.representation, now: clock.now).single(object), negotiation)
        case .gone(let object) where request.resource.plural == "pods":
            return encoded(request.writer(negotiation.representation, now: clock.now).single(object), negotiation)
        case .gone(let object):
            return encoded(Self.success(object, request.resource).bytes + [0x0a], negotiation)
        }
    }

    private func deleteOptions(_ request: ResourceRequest) throws(APIStatus) -> SimJSON {
        guard !request.http.body.isEmpty else { return .emptyObject }
        return try WriteBody.object(request.http, kind: "DeleteOptions")
    }

    /// Deletes what a selector selects, one object after the other, and answers with all of it.
    func deleteCollectionAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("deletecollection") else { throw .methodNotAllowed }
        guard request.path.namespace != nil || !request.resource.isNamespaced else { throw .methodNotAllowed }
        let negotiation = try request.negotiated()
        let write = try WriteOptions(request.http, kind: "DeleteOptions")
        let options = try deleteOptions(request)
        let isDryRun = write.isDryRun || !options["dryRun"].items.isEmpty
        let grace =
            request.http.parameter("gracePeriodSeconds").flatMap { Int($0) } ?? options["gracePeriodSeconds"].intValue
        let policy = request.http.parameter("propagationPolicy") ?? options["propagationPolicy"].stringValue
        let deletion = Deletion(store: store, now: clock.now)
        let objects = store.all(request.resource.storage, namespace: request.path.namespace)
            .filter { request.options.selects($0) }
        let revision = store.revision
        let deleted = objects.map { object -> StoredObject in
            let outcome = try? deletion.delete(  // Gone already is as good.
                request.resource.storage, object, grace: grace, policy: policy ?? "Background", isDryRun: isDryRun)
            return outcome?.object ?? object
        }
        let writer = request.writer(negotiation.representation, now: clock.now)
        return encoded(writer.list(deleted, metadata: ["resourceVersion": .string("\(revision)")]), negotiation)
    }

    /// Refuses where the object is not the one that was meant.
    func check(
        _ preconditions: SimJSON, _ object: StoredObject, _ request: ResourceRequest
    ) throws(APIStatus) {
        if let wanted = preconditions["uid"].stringValue, wanted != object.uid {
            throw .precondition(request.resource, object.key.name, "UID", wanted: wanted, found: object.uid)
        }
        if let wanted = preconditions["resourceVersion"].stringValue, wanted != "\(object.revision)" {
            throw .precondition(
                request.resource, object.key.name, "ResourceVersion", wanted: wanted, found: "\(object.revision)")
        }
    }

    private static func success(_ object: StoredObject, _ resource: APIResource) -> SimJSON {
        let details = SimJSON.object(
            SimObject([
                ("name", .string(object.key.name)), ("group", resource.group.isEmpty ? .null : .string(resource.group)),
                ("kind", .string(resource.plural)), ("uid", .string(object.uid)),
            ])
        ).withoutNulls
        return [
            "kind": "Status", "apiVersion": "v1", "metadata": .emptyObject, "status": "Success", "details": details,
        ]
    }
}
