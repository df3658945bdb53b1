/// A strategic merge patch: objects are merged, and lists as the schema says: by a key, as a set, or replaced whole.
///
/// Directives: `$patch` (`replace`, `delete`, `merge`) in an object or as an item of a list, `$retainKeys`,
/// `$deleteFromPrimitiveList/NAME`, `$setElementOrder/NAME`.
struct StrategicMerge: Sendable {
    /// Why a patch cannot be merged.
    struct Refusal: Error, Equatable { var message: String }

    private let schema = FieldSchema.builtIn

    func merged(_ patch: SimJSON, into target: SimJSON, structure: String?) throws(Refusal) -> SimJSON {
        try object(patch, into: target, .structure(structure ?? ""))
    }

    private func object(_ patch: SimJSON, into target: SimJSON, _ shape: FieldSchema.Shape) throws(Refusal) -> SimJSON {
        guard case .object(let changes) = patch else { return patch }
        switch changes["$patch"] {
        case "replace": return patch.withoutDirectives
        case "delete": return .null
        case nil, "merge": break
        default: throw Refusal(message: "unrecognized patch directive: \(changes["$patch"]?.text ?? "")")
        }
        var result = target.objectValue == nil ? SimJSON.emptyObject : target
        if let kept = changes["$retainKeys"]?.items.compactMap(\.stringValue) {
            for key in result.objectValue?.keys ?? [] where !kept.contains(key) { result[key] = .null }
        }
        for change in changes.members where !change.key.hasPrefix("$") {
            let field = self.field(change.key, shape)
            result[change.key] = try value(
                change.value, into: result[change.key], field, order: changes["$setElementOrder/\(change.key)"])
        }
        for change in changes.members {
            if let name = change.key.after("$deleteFromPrimitiveList/") {
                let gone = change.value.items
                let left = result[name].items.filter { !gone.contains($0) }
                result[name] = left.isEmpty ? .null : .array(left)
            } else if let name = change.key.after("$setElementOrder/"), changes[name] == nil {
                let field = self.field(name, shape)
                if !result[name].isNull {
                    result[name] = .array(Self.ordered(result[name].items, by: change.value.items, field?.mergeKey))
                }
            }
        }
        return result
    }

    private func field(_ name: String, _ shape: FieldSchema.Shape) -> FieldSchema.Field? {
        guard case .structure(let structure) = shape else { return nil }
        return schema.field(name, of: structure)
    }

    private func value(
        _ patch: SimJSON, into target: SimJSON, _ field: FieldSchema.Field?, order: SimJSON?
    ) throws(Refusal) -> SimJSON {
        switch patch {
        case .null: return .null
        case .object: return try object(patch, into: target, field?.shape ?? .anything)
        case .array(let items):
            guard let field, let key = field.mergeKey, case .list(let item, _) = field.shape else {
                return .array(items.filter { $0["$patch"] != "replace" })
            }
            let list = try list(items, into: target.items, key: key, item)
            return .array(order.map { Self.ordered(list, by: $0.items, key) } ?? list)
        default: return patch
        }
    }

    private func list(
        _ changes: [SimJSON], into present: [SimJSON], key: String, _ item: FieldSchema.Shape
    ) throws(Refusal) -> [SimJSON] {
        if changes.contains(where: { $0["$patch"] == "replace" }) {
            return changes.filter { $0["$patch"] != "replace" }.map(\.withoutDirectives)
        }
        guard !key.isEmpty else { return present + changes.filter { !present.contains($0) } }
        var result = present
        for change in changes {
            let name = change[key]
            guard !name.isNull else {
                throw Refusal(message: "map: \(change.text) does not contain declared merge key: \(key)")
            }
            let index = result.firstIndex { $0[key] == name }
            if change["$patch"] == "delete" {
                result.removeAll { $0[key] == name }
            } else if let index {
                result[index] = try object(change, into: result[index], item)
            } else {
                result.append(try object(change, into: .emptyObject, item))
            }
        }
        return result
    }

    /// The items in the order a client saw them in; those it did not know stay where they were, after their neighbours.
    private static func ordered(_ items: [SimJSON], by order: [SimJSON], _ key: String?) -> [SimJSON] {
        func name(_ item: SimJSON) -> SimJSON { key.map { $0.isEmpty ? item : item[$0] } ?? item }
        let wanted = order.map(name)
        var known = wanted.compactMap { wanted in items.first { name($0) == wanted } }
        for (index, item) in items.enumerated() where !wanted.contains(name(item)) {
            let before = items[..<index].last.flatMap { last in known.firstIndex { name($0) == name(last) } }
            known.insert(item, at: before.map { $0 + 1 } ?? 0)
        }
        return known
    }
}

extension SimJSON {
    fileprivate var withoutDirectives: SimJSON {
        guard case .object(let object) = self else { return self }
        return .object(
            SimObject(object.members.filter { !$0.key.hasPrefix("$") }.map { ($0.key, $0.value) }))
    }
}

extension String {
    fileprivate func after(_ prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
