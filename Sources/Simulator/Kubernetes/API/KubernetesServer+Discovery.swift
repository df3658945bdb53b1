extension KubernetesServer {
    /// Answers for paths that are no resources: discovery, version, health, OpenAPI; nil for all other paths.
    func plainPath(_ request: SimRequest, _ user: SimUser) throws(APIStatus) -> SimResponse? {
        guard RequestPath(request.path) == nil else { return nil }
        guard Authorizer(store: store).allowsPath(request.path, user) else {
            throw APIStatus(
                code: 403, reason: "Forbidden",
                message: "forbidden: User \"\(user.name)\" cannot get path \"\(request.path)\"", details: .emptyObject,
                isFromAuthorizer: true)
        }
        let parts = request.path.split(separator: "/").map(String.init)
        switch parts.first {
        case nil: return .json(["paths": .array(rootPaths.map { .string($0) })])
        case "version": return version(request)
        case "livez", "readyz", "healthz": return health(request, parts[0])
        case "api" where parts.count == 1: return api(request)
        case "api" where parts.count == 2: return resourceList("", parts[1])
        case "apis" where parts.count == 1: return apis(request)
        case "apis" where parts.count == 2: return group(parts[1])
        case "apis" where parts.count == 3: return resourceList(parts[1], parts[2])
        case "openapi": return openAPI(request)
        default: throw .noSuchPath
        }
    }

    private var rootPaths: [String] {
        var paths = [
            "/api", "/api/v1", "/apis", "/apis/", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz",
        ]
        for group in catalog.groups where !group.name.isEmpty {
            paths.append("/apis/\(group.name)")
            paths += group.versions.map { "/apis/\(group.name)/\($0.version)" }
        }
        return (paths + ["/version"]).sorted()
    }

    private func version(_ request: SimRequest) -> SimResponse {
        let numbers = version.dropFirst().split(separator: ".")
        let json: SimJSON = [
            "major": .string(String(numbers.first ?? "1")), "minor": .string(String(numbers.dropFirst().first ?? "0")),
            "gitVersion": .string(version), "gitCommit": "lanternpay", "gitTreeState": "clean",
            "buildDate": "2026-01-01T00:00:00Z", "goVersion": "none", "compiler": "swiftc", "platform": "linux/amd64",
        ]
        return SimResponse(type: "application/json", body: Array(json.prettyText.utf8))
    }

    private func health(_ request: SimRequest, _ kind: String) -> SimResponse {
        let isVerbose = request.query.contains { $0.name == "verbose" }
        guard isVerbose else { return .text("ok") }
        let checks = ["ping", "log", "etcd", "informer-sync", "poststarthook/rbac/bootstrap-roles", "shutdown"]
        return .text(checks.map { "[+]\($0) ok\n" }.joined() + "\(kind) check passed\n")
    }

    private func wantsAggregated(_ request: SimRequest) -> Bool {
        (request.header("accept") ?? "").split(separator: ",").first.map { offer in
            offer.contains("g=apidiscovery.k8s.io") && offer.contains("as=APIGroupDiscoveryList")
        } ?? false
    }

    private func api(_ request: SimRequest) -> SimResponse {
        if wantsAggregated(request) { return aggregated(request) { $0.isEmpty } }
        return .json([
            "kind": "APIVersions", "versions": ["v1"],
            "serverAddressByClientCIDRs": [
                ["clientCIDR": "0.0.0.0/0", "serverAddress": .string(request.header("host") ?? "127.0.0.1")]
            ],
        ])
    }

    private func apis(_ request: SimRequest) -> SimResponse {
        if wantsAggregated(request) { return aggregated(request) { !$0.isEmpty } }
        let groups = catalog.groups.filter { !$0.name.isEmpty }.map {
            Self.groupJSON($0.name, $0.versions.map(\.version))
        }
        return .json(["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups)])
    }

    private func group(_ name: String) -> SimResponse {
        guard let group = catalog.groups.first(where: { $0.name == name }) else {
            return .text("404 page not found\n", status: 404)
        }
        let json = Self.groupJSON(name, group.versions.map(\.version))
        return .json(
            .object(SimObject([("kind", "APIGroup"), ("apiVersion", "v1")] + json.members.map { ($0.key, $0.value) })))
    }

    private static func groupJSON(_ name: String, _ versions: [String]) -> SimJSON {
        let entries = versions.map { version -> SimJSON in
            ["groupVersion": .string("\(name)/\(version)"), "version": .string(version)]
        }
        return ["name": .string(name), "versions": .array(entries), "preferredVersion": entries[0]]
    }

    private func resourceList(_ group: String, _ version: String) -> SimResponse {
        let resources = catalog.resources.filter { $0.group == group && $0.version == version }
        guard !resources.isEmpty else { return .text("404 page not found\n", status: 404) }
        var json: SimJSON = ["kind": "APIResourceList"]
        if !group.isEmpty { json["apiVersion"] = "v1" }
        json["groupVersion"] = .string(group.isEmpty ? version : "\(group)/\(version)")
        json["resources"] = .array(resources.flatMap { $0.oldDiscovery })
        return .json(json)
    }

    private func aggregated(_ request: SimRequest, _ isWanted: (String) -> Bool) -> SimResponse {
        let items = catalog.groups.filter { isWanted($0.name) }.map { group -> SimJSON in
            let versions = group.versions.map { version -> SimJSON in
                [
                    "version": .string(version.version),
                    "resources": .array(version.resources.map(\.aggregatedDiscovery)), "freshness": "Current",
                ]
            }
            let metadata: SimJSON = group.name.isEmpty ? .emptyObject : ["name": .string(group.name)]
            return ["metadata": metadata, "versions": .array(versions)]
        }
        let body: SimJSON = [
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": .emptyObject,
            "items": .array(items),
        ]
        let bytes = body.bytes
        let tag = "\"\(String(StableHash.of(String(decoding: bytes, as: UTF8.self)), radix: 16, uppercase: true))\""
        let headers: [(name: String, value: String)] = [("Cache-Control", "public"), ("Etag", tag), ("Vary", "Accept")]
        if request.header("if-none-match") == tag { return SimResponse(status: 304, headers: headers) }
        return SimResponse(
            type: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", headers: headers, body: bytes)
    }
}

extension APIResource {
    /// The resource and its subresources as the old form of discovery lists them.
    fileprivate var oldDiscovery: [SimJSON] {
        var own: SimJSON = [
            "name": .string(plural), "singularName": .string(singular), "namespaced": .bool(isNamespaced),
            "kind": .string(kind), "verbs": .array(verbs.map { .string($0) }),
        ]
        if !shortNames.isEmpty { own["shortNames"] = .array(shortNames.map { .string($0) }) }
        if !categories.isEmpty { own["categories"] = .array(categories.map { .string($0) }) }
        return [own]
            + subresources.map { subresource in
                var json: SimJSON = [
                    "name": .string("\(plural)/\(subresource.name)"), "singularName": "",
                    "namespaced": .bool(isNamespaced),
                ]
                let parts = subresource.groupVersion.split(separator: "/")
                if parts.count == 2 {
                    json["group"] = .string(String(parts[0]))
                    json["version"] = .string(String(parts[1]))
                }
                json["kind"] = .string(subresource.kind)
                json["verbs"] = .array(subresource.verbs.map { .string($0) })
                return json
            }
    }

    /// The resource as the aggregated form lists it.
    fileprivate var aggregatedDiscovery: SimJSON {
        let isCustom = verbs == Self.customVerbs
        var json: SimJSON = [
            "resource": .string(plural), "responseKind": responseKind(kind, isCustom ? groupVersion : ""),
            "scope": isNamespaced ? "Namespaced" : "Cluster", "singularResource": .string(singular),
            "verbs": .array(verbs.map { .string($0) }),
        ]
        if !shortNames.isEmpty { json["shortNames"] = .array(shortNames.map { .string($0) }) }
        if !categories.isEmpty { json["categories"] = .array(categories.map { .string($0) }) }
        guard !subresources.isEmpty else { return json }
        json["subresources"] = .array(
            subresources.map { subresource in
                let version = subresource.groupVersion
                return [
                    "subresource": .string(subresource.name),
                    "responseKind": responseKind(
                        subresource.kind, version.isEmpty && isCustom ? groupVersion : version),
                    "verbs": .array(subresource.verbs.map { .string($0) }),
                ]
            })
        return json
    }

    private func responseKind(_ kind: String, _ groupVersion: String) -> SimJSON {
        let parts = groupVersion.split(separator: "/").map(String.init)
        return [
            "group": .string(parts.count == 2 ? parts[0] : ""), "version": .string(parts.last ?? ""),
            "kind": .string(kind),
        ]
    }
}
