extension KubernetesServer {
    /// Reads or writes the scale of something that can be scaled.
    func scaleAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        let negotiation = try request.negotiated()
        let key = ObjectKey(request.path.namespace ?? "", name)
        let object: StoredObject
        switch request.http.method {
        case "GET":
            guard let found = store.get(request.resource.storage, key) else { throw .notFound(request.resource, name) }
            object = found
        case "PUT":
            let options = try WriteOptions(request.http, kind: "UpdateOptions")
            let body = try WriteBody.object(request.http, kind: "Scale")
            object = try scale(request, name, options) { (_) throws(APIStatus) in body }
        case "PATCH":
            let options = try WriteOptions(request.http, kind: "PatchOptions")
            let patch = try Patch(request, options)
            object = try scale(request, name, options) { (scale) throws(APIStatus) in try patch.applied(to: scale) }
        default: throw .methodNotAllowed
        }
        return encoded(Self.scale(of: object, request.resource).bytes + [0x0a], negotiation)
    }

    private func scale(
        _ request: ResourceRequest, _ name: String, _ options: WriteOptions,
        _ make: (SimJSON) throws(APIStatus) -> SimJSON
    ) throws(APIStatus) -> StoredObject {
        try change(request, name, options) { (present) throws(APIStatus) in
            let scale = try make(Self.scale(of: present, request.resource))
            let named = scale["metadata"]["name"].stringValue ?? ""
            guard named == name else {
                throw .badRequest("the name of the object (\(named)) does not match the name on the URL (\(name))")
            }
            let count = scale["spec"]["replicas"].intValue ?? 0
            guard count >= 0 else {
                throw .invalid(
                    "Scale", name, group: "autoscaling",
                    [.invalid("spec.replicas", .int(count), "must be greater than or equal to 0")])
            }
            var after = present.json
            after.set(.int(count), at: request.resource.scalePaths.wanted)
            after["metadata"]["resourceVersion"] = scale["metadata"]["resourceVersion"]
            return WantedChange(json: after)
        }
    }

    /// The scale of an object, whatever its kind.
    private static func scale(of object: StoredObject, _ resource: APIResource) -> SimJSON {
        let paths = resource.scalePaths
        var shown = SimJSON.emptyObject
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            shown[field] = object.json["metadata"][field]
        }
        var status: SimJSON = ["replicas": .int(object.json.value(at: paths.present).intValue ?? 0)]
        let selector = paths.selector.map { object.json.value(at: $0) } ?? .null
        let text = selector.stringValue ?? LabelSelector.text(ofWorkload: selector)
        if !text.isEmpty { status["selector"] = .string(text) }
        return [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": shown,
            "spec": ["replicas": .int(object.json.value(at: paths.wanted).intValue ?? 0)], "status": status,
        ]
    }
}

/// Where an object keeps what its scale shows.
struct ScalePaths: Sendable, Equatable {
    var wanted = ["spec", "replicas"]
    var present = ["status", "replicas"]
    var selector: [String]? = ["spec", "selector"]

    init() {}

    /// The paths that a definition of custom resources names.
    init(definition: SimJSON) {
        func path(_ name: String) -> [String]? {
            definition[name].stringValue.map { $0.split(separator: ".").map(String.init) }
        }
        wanted = path("specReplicasPath") ?? wanted
        present = path("statusReplicasPath") ?? present
        selector = path("labelSelectorPath")
    }
}

extension SimJSON {
    /// The value at a path of member names, or null.
    func value(at path: [String]) -> SimJSON { path.reduce(self) { $0[$1] } }

    /// Sets the value at a path of member names, making the objects on the way.
    mutating func set(_ value: SimJSON, at path: [String]) {
        guard let first = path.first else {
            self = value
            return
        }
        var child = self[first]
        child.set(value, at: Array(path.dropFirst()))
        self[first] = child
    }
}

extension LabelSelector {
    /// `matchLabels` and `matchExpressions` as one line: `a=b,c in (d,e)`.
    static func text(ofWorkload selector: SimJSON) -> String {
        var parts = selector["matchLabels"].members.map { ($0.key, "\($0.key)=\($0.value.stringValue ?? "")") }
        for expression in selector["matchExpressions"].items {
            let key = expression["key"].stringValue ?? ""
            let values = expression["values"].items.compactMap(\.stringValue).sorted().joined(separator: ",")
            switch expression["operator"].stringValue {
            case "In": parts.append((key, "\(key) in (\(values))"))
            case "NotIn": parts.append((key, "\(key) notin (\(values))"))
            case "Exists": parts.append((key, key))
            default: parts.append((key, "!\(key)"))
            }
        }
        return parts.sorted { $0.0 < $1.0 }.map(\.1).joined(separator: ",")
    }
}
