import JSON
import Model

/// What the person may do: the server's own answers, asked about oneself.
extension KubernetesClient {
    /// Whether one thing is allowed, and the server's reason where it gives one.
    public func accessReview(
        verb: String, kind: ResourceKind, subresource: String = "", namespace: String? = nil, name: String = ""
    ) async throws -> (isAllowed: Bool, reason: String) {
        let attributes: JSONLiteral = [
            "verb": .string(verb), "group": .string(kind.group), "version": .string(kind.version),
            "resource": .string(kind.plural), "subresource": .string(subresource),
            "namespace": .string(namespace ?? ""), "name": .string(name),
        ]
        let status = try await review(
            "authorization.k8s.io", "SelfSubjectAccessReview", "selfsubjectaccessreviews",
            spec: ["resourceAttributes": attributes])
        return (status?["allowed"]?.bool ?? false, status?["reason"]?.string ?? "")
    }

    /// Everything that is allowed in one namespace, in one question.
    public func rules(namespace: String) async throws -> AccessRules {
        let status = try await review(
            "authorization.k8s.io", "SelfSubjectRulesReview", "selfsubjectrulesreviews",
            spec: ["namespace": .string(namespace)])
        return AccessRules(status)
    }

    /// Who the server thinks this is: name and groups. Servers before 1.27 do not say (404).
    public func whoAmI() async throws -> (name: String, groups: [String]) {
        let status = try await review(
            "authentication.k8s.io", "SelfSubjectReview", "selfsubjectreviews", spec: [:])
        let user = status?["userInfo"]
        return (user?["username"]?.string ?? "", user?["groups"]?.elements.compactMap(\.string) ?? [])
    }

    private func review(
        _ group: String, _ kind: String, _ plural: String, spec: JSONLiteral
    ) async throws -> JSONValue? {
        let body: JSONLiteral = ["apiVersion": .string("\(group)/v1"), "kind": .string(kind), "spec": spec]
        let path = APIPath("apis", group, "v1", plural)
        return try await json(.post, path, body: body)["status"]
    }
}
