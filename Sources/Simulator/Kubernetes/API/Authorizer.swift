/// RBAC as a real cluster evaluates it, over the roles and bindings in the store.
struct Authorizer: Sendable {
    let store: ClusterStore
    private static let suffix = ".rbac.authorization.k8s.io"

    /// Rules that hold for somebody, and the binding they come from in the words of an access review.
    struct Grant: Sendable {
        var rules: [SimJSON]
        var reason: String
    }

    func allows(_ request: AccessRequest, _ user: SimUser) -> Bool { reason(request, user) != nil }

    /// Why it is allowed (empty where no binding is the reason), or nil where it is not.
    func reason(_ request: AccessRequest, _ user: SimUser) -> String? {
        if user.groups.contains("system:masters") { return "" }
        for grant in grants(user, namespace: request.namespace) {
            if grant.rules.contains(where: { Self.rule($0, fits: request) }) { return grant.reason }
        }
        return nil
    }

    /// Whether a path outside of the resources may be read.
    func allowsPath(_ path: String, _ user: SimUser) -> Bool {
        if user.groups.contains("system:masters") { return true }
        return grants(user, namespace: "").contains { grant in
            grant.rules.contains { rule in
                rule["nonResourceURLs"].items.compactMap(\.stringValue).contains { Self.pattern($0, fits: path) }
            }
        }
    }

    /// Everything that is granted to a user in a namespace, cluster-wide grants first.
    func grants(_ user: SimUser, namespace: String) -> [Grant] {
        var grants = store.all("clusterrolebindings" + Self.suffix).compactMap {
            grant($0.json, user, isClusterWide: true)
        }
        if !namespace.isEmpty {
            let bindings = store.all("rolebindings" + Self.suffix, namespace: namespace)
            grants += bindings.compactMap { grant($0.json, user, isClusterWide: false) }
        }
        return grants
    }

    private func grant(_ binding: SimJSON, _ user: SimUser, isClusterWide: Bool) -> Grant? {
        let subject = binding["subjects"].items.first { subject in
            let name = subject["name"].stringValue ?? ""
            return switch subject["kind"].stringValue {
            case "User": name == user.name
            case "Group": user.groups.contains(name)
            default: false
            }
        }
        guard let subject else { return nil }
        let role = binding["roleRef"]
        let (kind, name) = (role["kind"].stringValue ?? "", role["name"].stringValue ?? "")
        let namespace = binding["metadata"]["namespace"].stringValue ?? ""
        let found =
            kind == "ClusterRole"
            ? store.get("clusterroles" + Self.suffix, "", name) : store.get("roles" + Self.suffix, namespace, name)
        guard let found else { return nil }
        let bindingName = binding["metadata"]["name"].stringValue ?? ""
        let place =
            isClusterWide ? "ClusterRoleBinding \"\(bindingName)\"" : "RoleBinding \"\(bindingName)/\(namespace)\""
        return Grant(
            rules: found.json["rules"].items,
            reason: "RBAC: allowed by \(place) of \(kind) \"\(name)\" to \(subject["kind"].stringValue ?? "") "
                + "\"\(subject["name"].stringValue ?? "")\"")
    }

    private static func rule(_ rule: SimJSON, fits request: AccessRequest) -> Bool {
        let resource = request.subresource.isEmpty ? request.resource : "\(request.resource)/\(request.subresource)"
        guard contains(rule["verbs"], request.verb), contains(rule["apiGroups"], request.group),
            contains(rule["resources"], resource)
                || (!request.subresource.isEmpty && contains(rule["resources"], "*/\(request.subresource)"))
        else { return false }
        let names = rule["resourceNames"].items
        return names.isEmpty || names.contains { $0.stringValue == request.name }
    }

    private static func contains(_ list: SimJSON, _ word: String) -> Bool {
        list.items.contains { $0.stringValue == word || $0.stringValue == "*" }
    }

    private static func pattern(_ pattern: String, fits path: String) -> Bool {
        pattern.hasSuffix("*") ? path.hasPrefix(pattern.dropLast()) : path == pattern
    }
}
