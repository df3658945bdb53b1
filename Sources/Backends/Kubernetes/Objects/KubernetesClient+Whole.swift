import JSON
import Model

/// Whole objects for `-o json` and `-o yaml`: one, or a list as kubectl makes it.
extension KubernetesClient {
    /// The objects of a query as a value with `kind` and `apiVersion`: one named object alone, anything else in a `List`.
    public func whole(_ query: TableQuery, names: [String]) async throws -> JSONValue {
        if names.count == 1, query.scope.names.count == 1 || !query.kind.isNamespaced {
            return try await rawObject(reference(query, names[0]))
        }
        var items: [JSONValue] = []
        if names.isEmpty {
            for namespace in query.scope == .all ? [nil] : query.scope.names.map(Optional.some) {
                items += try await wholeItems(TableScope(query, namespace: namespace), query.kind)
            }
        } else {
            for name in names { items.append(try await rawObject(reference(query, name))) }
        }
        let list = JSONLiteral.object([
            ("apiVersion", "v1"), ("items", .array(items.map { .value($0) })), ("kind", "List"),
            ("metadata", .object([("resourceVersion", "")])),
        ])
        return try JSONValue.parse(list.bytes)
    }

    /// A value of `whole` as YAML; secrets show sizes unless `revealingSecrets`, and a list of them becomes one document each.
    public func yamlText(_ value: JSONValue, revealingSecrets: Bool) -> String {
        if !revealingSecrets, let items = value["items"]?.elements,
            items.contains(where: { $0["kind"]?.string == "Secret" })
        {
            return items.map { ObjectYAML.text($0, hidingSecrets: true) }.joined(separator: "---\n")
        }
        return ObjectYAML.text(value, hidingSecrets: !revealingSecrets)
    }

    /// Every object of a kind in a namespace (nil: everywhere), page after page, without `kind` and `apiVersion` of their own.
    public func items(
        of kind: ResourceKind, namespace: String?, labelSelector: String = "", fieldSelector: String = ""
    ) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var continuation = ""
        repeat {
            let path = APIPath(kind, namespace: namespace).asking("labelSelector", labelSelector)
                .asking("fieldSelector", fieldSelector).asking("limit", "500").asking("continue", continuation)
            let page = try await json(.get, path)
            items += page.list("items")
            continuation = page.text("metadata", "continue")
        } while !continuation.isEmpty
        return items
    }

    /// The `Scale` of an object: `spec.replicas`, `status.replicas`, `status.selector`.
    public func scale(of object: ObjectReference) async throws -> JSONValue {
        try await json(.get, APIPath(object).appending("scale"))
    }

    private func reference(_ query: TableQuery, _ name: String) -> ObjectReference {
        ObjectReference(
            environment: query.environment, kind: query.kind, namespace: query.scope.names.first, name: name)
    }

    /// Any part of an object as YAML; a whole secret shows sizes.
    public static func plainYAML(_ value: JSONValue) -> String { ObjectYAML.text(value, hidingSecrets: true) }

    /// A whole object as YAML with everything in it, secrets' values too: for the person's own editor, and nothing else.
    public static func editableYAML(_ value: JSONValue) -> String { ObjectYAML.text(value, hidingSecrets: false) }

    private func wholeItems(_ scope: TableScope, _ kind: ResourceKind) async throws -> [JSONValue] {
        var items: [JSONValue] = []
        var continuation: String?
        repeat {
            let page = try await json(.get, scope.list(limit: 500, continuation: continuation))
            items += page["items"]?.elements.map { named($0, kind) } ?? []
            continuation = page[path: "metadata", "continue"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        } while continuation != nil
        return items
    }

    /// The items of a list have no kind of their own.
    public func named(_ item: JSONValue, _ kind: ResourceKind) -> JSONValue {
        guard item["kind"] == nil else { return item }
        let head: [(key: String, value: JSONLiteral)] = [
            ("apiVersion", .string(kind.apiVersion)), ("kind", .string(kind.kind)),
        ]
        let members = item.members.map { (key: $0.key, value: JSONLiteral.value($0.value)) }
        // What was parsed once can be parsed again.
        return (try? JSONValue.parse(JSONLiteral.object(head + members).bytes)) ?? item
    }
}
