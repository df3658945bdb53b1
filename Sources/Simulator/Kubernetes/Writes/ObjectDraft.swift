import Foundation

/// What becomes of an object that a client sent before anybody looks at its meaning: its kind and version are checked
/// and taken off, and what only the server may write is the server's.
struct ObjectDraft: Sendable {
    let resource: APIResource
    let now: Date

    /// Kinds whose `metadata.generation` counts the changes of their spec.
    static let counted: Set<String> = [
        "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job", "CronJob", "Pod",
        "PodDisruptionBudget", "Ingress", "IngressClass", "NetworkPolicy", "CustomResourceDefinition",
    ]

    /// The object without `kind` and `apiVersion`, when these are the resource's; unknown fields are dropped, told of
    /// or refused as the client asked.
    func read(_ body: SimJSON, _ options: WriteOptions, _ warnings: inout [String]) throws(APIStatus) -> SimJSON {
        guard body.objectValue != nil else {
            throw .badRequest(
                "the object provided is unrecognized (must be of type \(resource.kind)): couldn't get version/kind; "
                    + "json parse error: json: cannot unmarshal \(Self.goKind(body)) into Go value of type struct")
        }
        try checkType(body)
        var json = body
        json["kind"] = .null
        json["apiVersion"] = .null
        json = json.withoutEmptyMembers
        json = try known(json, options, &warnings)
        return resource.groupVersion == "autoscaling/v1" ? AutoscalerConversion.toSecond(json) : json
    }

    private func known(
        _ given: SimJSON, _ options: WriteOptions, _ warnings: inout [String]
    ) throws(APIStatus) -> SimJSON {
        var json = given
        guard let name = FieldSchema.name(of: resource) else { return json }
        var check = SchemaCheck()
        json = check.known(json, name)
        if let problem = check.mismatch { throw .unreadable(resource, problem) }
        guard !check.unknown.isEmpty else { return json }
        let told = check.unknown.map { "unknown field \(SimJSON.string($0).text)" }
        switch options.validation {
        case .ignore: break
        case .warn: warnings += told
        case .strict: throw .unreadable(resource, "strict decoding error: \(told.joined(separator: ", "))")
        }
        return json
    }

    private func checkType(_ body: SimJSON) throws(APIStatus) {
        let (kind, version) = (body["kind"].stringValue ?? "", body["apiVersion"].stringValue ?? "")
        if !version.isEmpty, version != resource.groupVersion {
            throw .badRequest(
                "the API version in the data (\(version)) does not match the expected API version "
                    + "(\(resource.groupVersion))")
        }
        guard !kind.isEmpty, kind != resource.kind else { return }
        throw .badRequest(
            "\(kind) in version \"\(resource.version)\" cannot be handled as a \(resource.kind): the kind in the data "
                + "does not match the expected kind")
    }

    private static func goKind(_ json: SimJSON) -> String {
        switch json {
        case .array: "array"
        case .string: "string"
        case .bool: "bool"
        case .int, .double: "number"
        default: "null"
        }
    }

    /// A new object: what only the server writes is taken away and begun anew.
    func fresh(_ json: SimJSON, namespace: String?) -> SimJSON {
        var json = json
        let given = json["metadata"]
        var metadata: [(String, SimJSON)] = [("name", given["name"]), ("generateName", given["generateName"])]
        metadata += [("namespace", namespace.map { .string($0) } ?? .null), ("uid", ""), ("resourceVersion", "")]
        if Self.counted.contains(resource.kind) || resource.isCustom { metadata.append(("generation", 1)) }
        metadata.append(("creationTimestamp", .string(KubeTime.text(now))))
        for name in ["labels", "annotations", "ownerReferences", "finalizers"] {
            metadata.append((name, given[name]))
        }
        json["metadata"] = SimJSON.object(SimObject(metadata)).withoutNulls
        if resource.kind == "Namespace" {
            json["spec"] = ["finalizers": ["kubernetes"]]
            json["status"] = ["phase": "Active"]
        } else if resource.hasStatus {
            json["status"] = resource.isCustom ? .null : ObjectDefaults.firstStatus(of: resource.kind)
        }
        return json
    }

    /// What depends on the name.
    func named(_ json: SimJSON) -> SimJSON {
        guard resource.kind == "Namespace" else { return json }
        var json = json
        json["metadata"]["labels"]["kubernetes.io/metadata.name"] = json["metadata"]["name"]
        return json.metadataOrdered
    }

    /// A changed object: what only the server writes stays, the status belongs to its own path, a changed spec counts.
    ///
    /// - Parameter part: `status` or `ephemeralcontainers` for a write of that subresource.
    func changed(_ present: SimJSON, to wanted: SimJSON, part: String?) -> SimJSON {
        var after = wanted
        if part == "status" {
            after = present
            after["status"] = wanted["status"]
            after["metadata"]["labels"] = wanted["metadata"]["labels"]
            after["metadata"]["annotations"] = wanted["metadata"]["annotations"]
            after["metadata"]["finalizers"] = wanted["metadata"]["finalizers"]
        } else if part == "ephemeralcontainers" {
            after = present
            after["spec"]["ephemeralContainers"] = wanted["spec"]["ephemeralContainers"]
        } else if resource.hasStatus {
            after["status"] = present["status"]
        }
        let fixed = [
            "name", "generateName", "namespace", "uid", "creationTimestamp", "resourceVersion", "generation",
            "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields",
        ]
        for name in fixed { after["metadata"][name] = present["metadata"][name] }
        if isNews(present, after), let generation = present["metadata"]["generation"].intValue {
            after["metadata"]["generation"] = .int(generation + 1)
        }
        return after.metadataOrdered
    }

    /// Of a custom resource everything but metadata and status counts.
    private func isNews(_ before: SimJSON, _ after: SimJSON) -> Bool {
        guard resource.isCustom else { return before["spec"] != after["spec"] }
        func content(_ json: SimJSON) -> SimJSON {
            var json = json
            json["metadata"] = .null
            if resource.hasStatus { json["status"] = .null }
            return json
        }
        return content(before) != content(after)
    }
}

extension APIResource {
    var isCustom: Bool { verbs == Self.customVerbs }
    var hasStatus: Bool { subresources.contains { $0.name == "status" } }
}

extension SimJSON {
    /// The value without members that are null, at every level below metadata, spec and data; Go drops them in reading.
    var withoutEmptyMembers: SimJSON {
        guard case .object(let object) = self else { return self }
        let pruned = object.members.compactMap { member -> (String, SimJSON)? in
            if member.key == "status" || member.key == "eventTime" { return (member.key, member.value) }
            return member.value.isNull ? nil : (member.key, member.value.withoutNullsDeep)
        }
        return .object(SimObject(pruned))
    }

    private var withoutNullsDeep: SimJSON {
        switch self {
        case .object(let object):
            return .object(
                SimObject(
                    object.members.compactMap { $0.value.isNull ? nil : ($0.key, $0.value.withoutNullsDeep) }))
        case .array(let items): return .array(items.map(\.withoutNullsDeep))
        default: return self
        }
    }

    /// The object with the members of its metadata in the order in which a server sends them, and metadata first.
    var metadataOrdered: SimJSON {
        let order = [
            "name", "generateName", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp",
            "deletionTimestamp", "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers",
            "managedFields",
        ]
        let metadata = self["metadata"]
        var members = order.map { ($0, metadata[$0]) }.filter { !$0.1.isNull && !$0.1.isEmptyObject }
        members += metadata.members.filter { !order.contains($0.key) }.map { ($0.key, $0.value) }
        var ordered: [(String, SimJSON)] = [("metadata", .object(SimObject(members)))]
        ordered += self.members.filter { $0.key != "metadata" }.map { ($0.key, $0.value) }
        return .object(SimObject(ordered))
    }

    var isEmptyObject: Bool { objectValue?.isEmpty ?? false }
}
