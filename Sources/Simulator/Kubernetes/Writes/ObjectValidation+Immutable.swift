extension ObjectValidation {
    /// What of a spec may not change once it is there.
    func immutableProblems(_ old: SimJSON, _ new: SimJSON) -> [FieldProblem] {
        switch resource.kind {
        case "Pod": return podProblems(old, new)
        case "Deployment", "ReplicaSet", "DaemonSet": return selectorProblems(old, new)
        case "StatefulSet": return statefulSetProblems(old, new)
        case "Job":
            var problems = selectorProblems(old, new)
            if old["template"] != new["template"] {
                problems.append(.invalid("spec.template", new["template"], "field is immutable"))
            }
            if old["completions"] != new["completions"] {
                problems.append(.invalid("spec.completions", new["completions"], "field is immutable"))
            }
            return problems
        case "Service":
            let (before, after) = (old["clusterIPs"], new["clusterIPs"])
            guard before != after, !before.isNull, new["type"] != "ExternalName" else { return [] }
            return [.invalid("spec.clusterIPs[0]", after, "may not change once set")]
        case "PersistentVolumeClaim":
            var (left, right) = (old, new)
            left["resources"] = .null
            right["resources"] = .null
            guard left != right else { return [] }
            return [
                .forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound "
                        + "claims")
            ]
        default: return []
        }
    }

    /// Ephemeral containers come and stay; they cannot be changed or taken away.
    func ephemeralProblems(_ old: SimJSON, _ new: SimJSON) -> [FieldProblem] {
        let (before, after) = (old["ephemeralContainers"].items, new["ephemeralContainers"].items)
        var names = Set(
            ["containers", "initContainers"].flatMap { new[$0].items.compactMap { $0["name"].stringValue } })
        var problems: [FieldProblem] = []
        for (index, container) in after.enumerated() {
            let field = "spec.ephemeralContainers[\(index)]"
            let name = container["name"].stringValue ?? ""
            if name.isEmpty { problems.append(.required("\(field).name")) }
            if !names.insert(name).inserted { problems.append(.duplicate("\(field).name", name)) }
            if (container["image"].stringValue ?? "").isEmpty { problems.append(.required("\(field).image")) }
            let target = container["targetContainerName"].stringValue ?? ""
            if !target.isEmpty, !new["containers"].items.contains(where: { $0["name"].stringValue == target }) {
                problems.append(.notFound("\(field).targetContainerName", target))
            }
        }
        for container in before {
            let name = container["name"].stringValue ?? ""
            guard let present = after.first(where: { $0["name"] == container["name"] }) else {
                problems.append(
                    .forbidden(
                        "spec.ephemeralContainers", "existing ephemeral containers \"\(name)\" may not be removed\n"))
                continue
            }
            guard present != container else { continue }
            problems.append(
                .forbidden("spec.ephemeralContainers", "existing ephemeral containers \"\(name)\" may not be changed\n")
            )
        }
        return problems
    }

    private func selectorProblems(_ old: SimJSON, _ new: SimJSON) -> [FieldProblem] {
        guard old["selector"] != new["selector"], !old["selector"].isNull else { return [] }
        return [.invalid("spec.selector", new["selector"], "field is immutable")]
    }

    private func statefulSetProblems(_ old: SimJSON, _ new: SimJSON) -> [FieldProblem] {
        var (left, right) = (old, new)
        for field in [
            "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
        ] {
            left[field] = .null
            right[field] = .null
        }
        guard left != right else { return [] }
        return [
            .forbidden(
                "spec",
                "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
                    + "'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and "
                    + "'minReadySeconds' are forbidden")
        ]
    }

    private func podProblems(_ old: SimJSON, _ new: SimJSON) -> [FieldProblem] {
        let (left, right) = (Self.frozen(ObjectDefaults.podSpec(old, isTemplate: false)), Self.frozen(new))
        var isSame = left == right
        let tolerations = new["tolerations"].items
        if !old["tolerations"].items.allSatisfy(tolerations.contains) { isSame = false }
        guard !isSame else { return [] }
        let names = (left.objectValue?.keys ?? []) + (right.objectValue?.keys ?? []).filter { left[$0].isNull }
        let lines = names.filter { left[$0] != right[$0] }.map { name in
            let title = name.prefix(1).uppercased() + name.dropFirst()
            return "- \"\(title)\": \(left[name].text),\n+ \"\(title)\": \(right[name].text),\n"
        }
        return [
            .forbidden(
                "spec",
                "pod updates may not change fields other than `spec.containers[*].image`,"
                    + "`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to "
                    + "existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was "
                    + "previously negative)\n" + lines.joined())
        ]
    }

    /// The spec without what may change.
    private static func frozen(_ spec: SimJSON) -> SimJSON {
        var spec = spec
        for list in ["containers", "initContainers"] where !spec[list].isNull {
            spec[list] = .array(
                spec[list].items.map { container in
                    var container = container
                    container["image"] = .null
                    return container
                })
        }
        for field in ["activeDeadlineSeconds", "tolerations"] { spec[field] = .null }
        return spec
    }
}
