/// What a server finds wrong with an object, in the server's order and words: far from all that a real one checks, but
/// what people get wrong.
struct ObjectValidation: Sendable {
    let resource: APIResource
    /// The schema of a custom resource.
    var schema: SimJSON = .null

    /// The problems of a new object.
    func problems(_ json: SimJSON) -> [FieldProblem] {
        let problems = metadataProblems(json["metadata"])
        return problems + (resource.isCustom ? CustomValidation(schema).problems(json) : contentProblems(json))
    }

    /// The problems of a changed object; `part` is the subresource that was written to.
    func problems(_ after: SimJSON, before: SimJSON, part: String? = nil) -> [FieldProblem] {
        let (old, new) = (before["spec"], after["spec"])
        if part == "ephemeralcontainers" { return ephemeralProblems(old, new) }
        let fixed = resource.isCustom || old == new ? [] : immutableProblems(old, new)
        return problems(after) + fixed
    }

    private func metadataProblems(_ metadata: SimJSON) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let name = metadata["name"].stringValue ?? ""
        if let problem = ObjectNames.object(name, kind: resource.kind) {
            problems.append(.invalid("metadata.name", .string(name), problem))
        }
        problems += Self.labelProblems(metadata["labels"], "metadata.labels")
        for annotation in metadata["annotations"].members {
            guard let problem = ObjectNames.qualifiedName(annotation.key.lowercased()) else { continue }
            problems.append(.invalid("metadata.annotations", .string(annotation.key), problem))
        }
        for finalizer in metadata["finalizers"].items.compactMap(\.stringValue) {
            guard let problem = ObjectNames.qualifiedName(finalizer) else { continue }
            problems.append(.invalid("metadata.finalizers", .string(finalizer), problem))
        }
        return problems
    }

    static func labelProblems(_ labels: SimJSON, _ field: String) -> [FieldProblem] {
        labels.members.flatMap { label -> [FieldProblem] in
            let key = ObjectNames.qualifiedName(label.key).map { FieldProblem.invalid(field, .string(label.key), $0) }
            let text = label.value.stringValue ?? ""
            let value = ObjectNames.labelValue(text).map { FieldProblem.invalid(field, .string(text), $0) }
            return [key, value].compactMap(\.self)
        }
    }

    private func contentProblems(_ json: SimJSON) -> [FieldProblem] {
        let spec = json["spec"]
        switch resource.kind {
        case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet": return workloadProblems(spec)
        case "Pod": return PodValidation(path: "spec").problems(spec)
        case "Job": return jobProblems(spec, "spec")
        case "CronJob": return cronJobProblems(spec)
        case "ConfigMap", "Secret":
            return ["data", "binaryData"].flatMap { field in
                json[field].members.compactMap { member in
                    ObjectNames.configKey(member.key).map {
                        .invalid("\(field)[\(member.key)]", .string(member.key), $0)
                    }
                }
            }
        case "HorizontalPodAutoscaler": return autoscalerProblems(spec)
        case "PodDisruptionBudget":
            guard !spec["minAvailable"].isNull, !spec["maxUnavailable"].isNull else { return [] }
            return [.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set")]
        case "Service": return serviceProblems(spec)
        default: return []
        }
    }

    private func workloadProblems(_ spec: SimJSON) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if let replicas = spec["replicas"].intValue, replicas < 0 {
            problems.append(.invalid("spec.replicas", .int(replicas), "must be greater than or equal to 0"))
        }
        let selector = spec["selector"]
        let labels = spec["template"]["metadata"]["labels"]
        if selector.isNull {
            problems.append(.required("spec.selector"))
        } else if selector["matchLabels"].members.isEmpty, selector["matchExpressions"].items.isEmpty {
            let kind = resource.kind.lowercased()
            problems.append(.invalid("spec.selector", selector, "empty selector is invalid for \(kind)"))
        }
        if selector.isNull || !LabelSelector(workload: selector).matches(labels) {
            problems.append(
                .invalid(
                    "spec.template.metadata.labels", labels.isNull ? .null : labels,
                    "`selector` does not match template `labels`"))
        }
        problems += Self.labelProblems(labels, "spec.template.labels")
        problems += PodValidation(path: "spec.template.spec").problems(spec["template"]["spec"])
        let policy = spec["template"]["spec"]["restartPolicy"].stringValue ?? "Always"
        if policy != "Always" {
            problems.append(.notSupported("spec.template.spec.restartPolicy", policy, supported: ["Always"]))
        }
        return problems
    }

    private func jobProblems(_ spec: SimJSON, _ path: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for field in ["parallelism", "completions", "backoffLimit"] {
            guard let number = spec[field].intValue, number < 0 else { continue }
            problems.append(.invalid("\(path).\(field)", .int(number), "must be greater than or equal to 0"))
        }
        problems += PodValidation(path: "\(path).template.spec").problems(spec["template"]["spec"])
        if spec["template"]["spec"]["restartPolicy"].stringValue ?? "Always" == "Always" {
            problems.append(
                .required("\(path).template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""))
        }
        return problems
    }

    private func cronJobProblems(_ spec: SimJSON) -> [FieldProblem] {
        let schedule = spec["schedule"].stringValue ?? ""
        var problems: [FieldProblem] = []
        if schedule.isEmpty {
            problems.append(.required("spec.schedule"))
        } else if CronSchedule(schedule) == nil {
            let parts = schedule.split(separator: " ")
            let why =
                parts.count == 5
                ? "failed to parse int from \(schedule)"
                : "expected exactly 5 fields, found \(parts.count): [\(parts.joined(separator: " "))]"
            problems.append(.invalid("spec.schedule", .string(schedule), why))
        }
        return problems + jobProblems(spec["jobTemplate"]["spec"], "spec.jobTemplate.spec")
    }

    private func autoscalerProblems(_ spec: SimJSON) -> [FieldProblem] {
        let (least, most) = (spec["minReplicas"].intValue ?? 1, spec["maxReplicas"].intValue ?? 0)
        var problems: [FieldProblem] = []
        if least < 1 {
            problems.append(.invalid("spec.minReplicas", .int(least), "must be greater than or equal to 1"))
        }
        if most < 1 { problems.append(.invalid("spec.maxReplicas", .int(most), "must be greater than 0")) }
        if most < least {
            problems.append(
                .invalid("spec.maxReplicas", .int(most), "must be greater than or equal to `minReplicas`"))
        }
        return problems
    }

    private func serviceProblems(_ spec: SimJSON) -> [FieldProblem] {
        guard spec["type"] != "ExternalName" else { return [] }
        let ports = spec["ports"].items
        if ports.isEmpty, spec["clusterIP"] != "None" { return [.required("spec.ports")] }
        return ports.enumerated().compactMap { index, port in
            guard let number = port["port"].intValue, !(1...65_535).contains(number) else { return nil }
            return .invalid("spec.ports[\(index)].port", .int(number), "must be between 1 and 65535, inclusive")
        }
    }
}
