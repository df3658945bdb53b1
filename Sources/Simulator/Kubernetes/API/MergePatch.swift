/// Patches as Kubernetes takes them: JSON merge (RFC 7386) and strategic merge, which merges certain lists by key.
enum MergePatch {
    /// Merges objects member by member; null removes; lists replace.
    static func merge(_ patch: SimJSON, into target: SimJSON) -> SimJSON {
        guard case .object(let changes) = patch else { return patch }
        var result = target.objectValue == nil ? SimJSON.emptyObject : target
        for change in changes.members {
            result[change.key] = change.value.isNull ? .null : merge(change.value, into: result[change.key])
        }
        return result
    }

    /// As `merge`, but lists of things with a key (containers by name, ports, conditions by type) are merged by it.
    static func strategic(_ patch: SimJSON, into target: SimJSON, list: String = "") -> SimJSON {
        switch patch {
        case .object(let changes):
            if changes["$patch"] == "replace" {
                var whole = patch
                whole["$patch"] = .null
                return whole
            }
            var result = target.objectValue == nil ? SimJSON.emptyObject : target
            for change in changes.members where !change.key.hasPrefix("$") {
                result[change.key] =
                    change.value.isNull ? .null : strategic(change.value, into: result[change.key], list: change.key)
            }
            return result
        case .array(let items): return .array(mergeList(items, into: target.items, list: list))
        default: return patch
        }
    }

    private static let keys: [String: String] = [
        "containers": "name", "initContainers": "name", "ephemeralContainers": "name", "env": "name",
        "volumes": "name", "imagePullSecrets": "name", "volumeMounts": "mountPath", "ports": "containerPort",
        "conditions": "type", "hostAliases": "ip", "ownerReferences": "uid", "topologySpreadConstraints": "topologyKey",
    ]

    private static func mergeList(_ changes: [SimJSON], into present: [SimJSON], list: String) -> [SimJSON] {
        if list == "finalizers" {
            return present + changes.filter { !present.contains($0) }
        }
        guard let key = keys[list], changes.allSatisfy({ $0.objectValue != nil }) else { return changes }
        var result = present
        for change in changes where change["$setElementOrder"].isNull {
            let index = result.firstIndex { $0[key] == change[key] && !change[key].isNull }
            if change["$patch"] == "delete" {
                if let index { result.remove(at: index) }
            } else if let index {
                result[index] = strategic(change, into: result[index])
            } else {
                result.append(change)
            }
        }
        return result
    }
}
