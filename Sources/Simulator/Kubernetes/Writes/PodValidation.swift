import Foundation

/// What is wrong with a pod's spec, alone or in a template.
struct PodValidation: Sendable {
    /// Where the spec stands: `spec`, `spec.template.spec`.
    let path: String

    func problems(_ spec: SimJSON) -> [FieldProblem] {
        let containers = spec["containers"].items
        let volumes = spec["volumes"].items.compactMap { $0["name"].stringValue }
        var problems: [FieldProblem] = []
        if containers.isEmpty { problems.append(.required("\(path).containers")) }
        var names: Set<String> = []
        for list in ["containers", "initContainers"] {
            for (index, container) in spec[list].items.enumerated() {
                problems += self.problems(container, "\(path).\(list)[\(index)]", volumes: volumes, names: &names)
            }
        }
        let policy = spec["restartPolicy"].stringValue ?? "Always"
        if !["Always", "OnFailure", "Never"].contains(policy) {
            problems.append(
                .notSupported("\(path).restartPolicy", policy, supported: ["Always", "Never", "OnFailure"]))
        }
        if let grace = spec["terminationGracePeriodSeconds"].intValue, grace < 0 {
            problems.append(
                .invalid(
                    "\(path).terminationGracePeriodSeconds", .int(grace), "must be greater than or equal to 0"))
        }
        return problems
    }

    private func problems(
        _ container: SimJSON, _ field: String, volumes: [String], names: inout Set<String>
    ) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        let name = container["name"].stringValue ?? ""
        if name.isEmpty {
            problems.append(.required("\(field).name"))
        } else if let problem = ObjectNames.label(name) {
            problems.append(.invalid("\(field).name", .string(name), problem))
        } else if !names.insert(name).inserted {
            problems.append(.duplicate("\(field).name", name))
        }
        let image = container["image"].stringValue ?? ""
        if image.isEmpty {
            problems.append(.required("\(field).image"))
        } else if image.trimmingCharacters(in: .whitespacesAndNewlines) != image {
            problems.append(
                .invalid("\(field).image", .string(image), "must not have leading or trailing whitespace"))
        }
        for (index, port) in container["ports"].items.enumerated() {
            problems += portProblems(port, "\(field).ports[\(index)]")
        }
        for (index, mount) in container["volumeMounts"].items.enumerated() {
            let name = mount["name"].stringValue ?? ""
            if !volumes.contains(name) { problems.append(.notFound("\(field).volumeMounts[\(index)].name", name)) }
        }
        return problems + resourceProblems(container["resources"], "\(field).resources")
    }

    private func portProblems(_ port: SimJSON, _ field: String) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        if let number = port["containerPort"].intValue, !(1...65_535).contains(number) {
            problems.append(
                .invalid("\(field).containerPort", .int(number), "must be between 1 and 65535, inclusive"))
        }
        let name = port["protocol"].stringValue ?? "TCP"
        if !["TCP", "UDP", "SCTP"].contains(name) {
            problems.append(.notSupported("\(field).protocol", name, supported: ["SCTP", "TCP", "UDP"]))
        }
        return problems
    }

    private func resourceProblems(_ resources: SimJSON, _ field: String) -> [FieldProblem] {
        resources["requests"].members.compactMap { request in
            let limit = resources["limits"][request.key]
            guard !limit.isNull, let least = Amount(request.value), let most = Amount(limit), least > most else {
                return nil
            }
            return .invalid(
                "\(field).requests", .string(request.value.stringValue ?? request.value.text),
                "must be less than or equal to \(request.key) limit of \(limit.stringValue ?? limit.text)")
        }
    }
}

/// An amount of a resource (`500m`, `2`, `1Gi`) as a number that can be added and compared.
struct Amount: Sendable, Comparable {
    var value: Double
    /// Whether it is written in powers of two.
    var isBinary = false

    init(_ value: Double, isBinary: Bool = false) {
        self.value = value
        self.isBinary = isBinary
    }

    init?(_ json: SimJSON) {
        let text = json.stringValue ?? json.text
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" || $0 == "+" }
        guard let number = Double(digits), let factor = Self.factors[String(text.dropFirst(digits.count))] else {
            return nil
        }
        value = number * factor
        isBinary = text.hasSuffix("i")
    }

    private static let factors: [String: Double] = [
        "": 1, "m": 0.001, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824,
        "Ti": 1_099_511_627_776,
    ]

    static func < (left: Amount, right: Amount) -> Bool { left.value < right.value }

    /// As a server writes it: the largest unit that leaves a whole number.
    var text: String {
        if isBinary, value > 0 {
            for (unit, factor) in [("Ti", 1_099_511_627_776.0), ("Gi", 1_073_741_824), ("Mi", 1_048_576), ("Ki", 1024)]
            {
                let number = value / factor
                if number == number.rounded() { return "\(Int(number))\(unit)" }
            }
        }
        if value == value.rounded() { return "\(Int(value))" }
        return "\(Int((value * 1000).rounded()))m"
    }
}
