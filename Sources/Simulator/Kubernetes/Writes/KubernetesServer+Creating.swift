import Foundation

extension KubernetesServer {
    /// Adds one object.
    func createAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("create") else { throw .methodNotAllowed }
        let negotiation = try request.negotiated()
        let options = try WriteOptions(request.http, kind: "CreateOptions")
        let body = try WriteBody.object(request.http, kind: request.resource.kind)
        var warnings: [String] = []
        let object = try create(body, request, options, &warnings)
        let bytes = request.writer(negotiation.representation, now: clock.now).single(object)
        return warned(encoded(bytes, negotiation, status: 201), warnings)
    }

    /// Takes an object through everything that stands between a request and the store.
    func create(
        _ body: SimJSON, _ request: ResourceRequest, _ options: WriteOptions, _ warnings: inout [String],
        applied: FieldSet? = nil
    ) throws(APIStatus) -> StoredObject {
        let draft = ObjectDraft(resource: request.resource, now: clock.now)
        var json = try draft.read(body, options, &warnings)
        let namespace = request.path.namespace
        if let namespace, let other = json["metadata"]["namespace"].stringValue, !other.isEmpty, other != namespace {
            throw .badRequest(
                "the namespace of the provided object does not match the namespace sent on the request")
        }
        json = draft.fresh(json, namespace: namespace)
        if (json["metadata"]["name"].stringValue ?? "").isEmpty {
            guard let prefix = json["metadata"]["generateName"].stringValue, !prefix.isEmpty else {
                throw .invalid(
                    request.resource.kind, "", group: request.resource.group,
                    [.required("metadata.name", "name or generateName is required")])
            }
            json["metadata"]["name"] = .string(prefix + store.nameSuffix())
        }
        let name = json["metadata"]["name"].stringValue ?? ""
        try checkNamespace(namespace, request.resource, name)
        json = draft.named(json)
        json["metadata"]["uid"] = .string(store.newUID())
        json = ObjectDefaults.completed(json, request.resource)
        if request.resource.kind == "Pod", let namespace {
            json["spec"] = ResourceQuotas(store: store).limited(json["spec"], in: namespace)
        }
        // What the server adds besides belongs to nobody.
        let managed = noted(json, request, options, applied: applied)
        if request.resource.kind == "Job" { json = ObjectDefaults.withControllerLabels(json) }
        try admit(json, before: nil, request)
        let problems = validation(of: request.resource).problems(json)
        guard problems.isEmpty else {
            throw .invalid(request.resource.kind, name, group: request.resource.group, problems)
        }
        try checkQuota(json, request)
        json["metadata"]["managedFields"] = managed
        return try put(json, request, name, options)
    }

    /// All fields of a new object are whoever made it's; of an applied one those that were named.
    private func noted(
        _ json: SimJSON, _ request: ResourceRequest, _ options: WriteOptions, applied: FieldSet?
    ) -> SimJSON {
        let walk = FieldWalk(request.resource)
        var writer = ManagedFields.writer(options, request, isApplied: applied != nil, now: clock.now)
        let difference = walk.difference(walk.skeleton(), json.withoutStatus(of: request.resource))
        writer.fields = applied ?? ManagedFields.stripped(difference.added.union(difference.modified))
        var managed = ManagedFields(.null)
        if !writer.fields.isEmpty { managed.entries = [writer] }
        return managed.json
    }

    private func put(
        _ json: SimJSON, _ request: ResourceRequest, _ name: String, _ options: WriteOptions
    ) throws(APIStatus) -> StoredObject {
        let (resource, key) = (request.resource.storage, ObjectKey(json))
        if options.isDryRun {
            guard store.get(resource, key) == nil else { throw .alreadyExists(request.resource, name) }
            var json = json
            json["metadata"]["resourceVersion"] = .null
            return StoredObject(key: key, revision: 0, json: json)
        }
        do throws(StoreError) {
            return try store.create(resource, json)
        } catch {
            throw .alreadyExists(request.resource, name)
        }
    }

    /// What is to be checked of objects of a resource.
    func validation(of resource: APIResource) -> ObjectValidation {
        guard resource.isCustom,
            let definition = store.get(
                "customresourcedefinitions.apiextensions.k8s.io", "", "\(resource.plural).\(resource.group)")
        else { return ObjectValidation(resource: resource) }
        let version = definition.json["spec"]["versions"].items.first { $0["name"].stringValue == resource.version }
        return ObjectValidation(resource: resource, schema: version?["schema"]["openAPIV3Schema"] ?? .null)
    }

    /// Nothing comes into a namespace that is not there or is on its way out.
    private func checkNamespace(
        _ namespace: String?, _ resource: APIResource, _ name: String
    ) throws(APIStatus) {
        guard let namespace else { return }
        guard let found = store.get("namespaces", "", namespace) else { throw .noNamespace(namespace) }
        guard !found.isTerminating else { throw .namespaceTerminating(resource, name, namespace) }
    }

    /// The answer with a `Warning` header for each warning.
    func warned(_ response: SimResponse, _ warnings: [String]) -> SimResponse {
        var response = response
        for warning in warnings {
            let text = warning.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            response.headers.append(("Warning", "299 - \"\(text)\""))
        }
        return response
    }
}
