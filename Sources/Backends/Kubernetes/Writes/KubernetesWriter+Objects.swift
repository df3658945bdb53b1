import JSON
import Model

/// What can be done to any object.
extension KubernetesWriter {
    /// Deletes the object with this uid and no other of its name. Gives the object with its deletion time, or a `Status`.
    @discardableResult
    public func delete(_ object: ObjectReference, _ options: DeleteOptions = DeleteOptions()) async throws -> JSONValue
    {
        var body: [(key: String, value: JSONLiteral)] = [
            ("kind", "DeleteOptions"), ("apiVersion", "v1"),
            ("propagationPolicy", .string(options.propagation.policy)),
        ]
        if let grace = options.isForced ? 0 : options.grace { body.append(("gracePeriodSeconds", .integer(grace))) }
        if !object.uid.isEmpty { body.append(("preconditions", ["uid": .string(object.uid)])) }
        return try await send(.delete, APIPath(object), body: JSONLiteral.object(body).bytes)
    }

    /// Changes parts of the object, or of one of its subresources. With a uid, an object of the same name that replaced it is
    /// refused by the server (not for JSON patches, which carry their own `test`).
    @discardableResult
    public func patch(
        _ object: ObjectReference, subresource: String = "", _ form: PatchForm, _ body: JSONLiteral
    ) async throws -> JSONValue {
        var path = APIPath(object)
        if !subresource.isEmpty { path.append(subresource) }
        let bound = form == .json ? body : Self.bound(body, to: object)
        return try await send(
            .patch, path.asking("fieldManager", Self.fieldManager), type: form.rawValue, body: bound.bytes)
    }

    /// Replaces the whole object; its resourceVersion makes the server refuse when somebody was faster.
    @discardableResult
    public func put(_ object: ObjectReference, _ body: JSONLiteral) async throws -> JSONValue {
        let path = APIPath(object).asking("fieldManager", Self.fieldManager).asking("fieldValidation", "Strict")
        return try await send(.put, path, body: body.bytes)
    }

    @discardableResult
    public func create(_ kind: ResourceKind, namespace: String?, _ body: JSONLiteral) async throws -> JSONValue {
        let path = APIPath(kind, namespace: namespace).asking("fieldManager", Self.fieldManager)
            .asking("fieldValidation", "Strict")
        return try await send(.post, path, body: body.bytes)
    }

    /// Server-side apply: the server merges, and refuses where another manager owns a field unless `force`.
    @discardableResult
    public func apply(_ object: ObjectReference, _ body: JSONLiteral, force: Bool) async throws -> JSONValue {
        let path = APIPath(object).asking("fieldManager", Self.fieldManager).asking("force", force ? "true" : "false")
        return try await send(.patch, path, type: PatchForm.apply.rawValue, body: body.bytes)
    }

    private static func bound(_ body: JSONLiteral, to object: ObjectReference) -> JSONLiteral {
        guard !object.uid.isEmpty, case .object(var members) = body else { return body }
        let uid: (key: String, value: JSONLiteral) = ("uid", .string(object.uid))
        if let index = members.firstIndex(where: { $0.key == "metadata" }),
            case .object(let metadata) = members[index].value
        {
            members[index].value = .object(metadata + [uid])
        } else {
            members.append(("metadata", .object([uid])))
        }
        return .object(members)
    }
}

extension DeleteOptions.Propagation {
    /// As the API writes it.
    public var policy: String {
        switch self {
        case .background: "Background"
        case .foreground: "Foreground"
        case .orphan: "Orphan"
        }
    }
}
