/// What namespaces may use, and what their pods use of it.
struct ResourceQuotas: Sendable {
    let store: ClusterStore

    /// Why a pod of this spec may not come into a namespace; nil where it may.
    func refusal(of spec: SimJSON, in namespace: String) -> String? {
        for quota in store.all("resourcequotas", namespace: namespace) {
            let hard = quota.json["spec"]["hard"]
            if let missing = Self.missing(spec, hard) {
                return "failed quota: \(quota.key.name): must specify \(missing)"
            }
            let used = used(in: namespace, of: hard)
            var over: [(name: String, asked: Amount, used: Amount, hard: String)] = []
            for limit in hard.members {
                guard let most = Amount(limit.value), let asked = Self.amount(limit.key, of: spec) else { continue }
                let present = used[limit.key] ?? Amount(0, isBinary: false)
                guard present.value + asked.value > most.value else { continue }
                over.append((limit.key, asked, present, limit.value.stringValue ?? limit.value.text))
            }
            guard !over.isEmpty else { continue }
            func list(_ text: ((name: String, asked: Amount, used: Amount, hard: String)) -> String) -> String {
                over.sorted { $0.name < $1.name }.map { "\($0.name)=\(text($0))" }.joined(separator: ",")
            }
            return "exceeded quota: \(quota.key.name), requested: \(list { $0.asked.text }), used: "
                + "\(list { $0.used.text }), limited: \(list { $0.hard })"
        }
        return nil
    }

    /// What the pods of a namespace use of what a quota counts.
    func used(in namespace: String, of hard: SimJSON) -> [String: Amount] {
        var used: [String: Amount] = [:]
        for pod in store.all("pods", namespace: namespace) {
            let phase = pod.json["status"]["phase"].stringValue
            guard phase != "Succeeded", phase != "Failed" else { continue }
            for limit in hard.members {
                guard let amount = Self.amount(limit.key, of: pod.json["spec"]) else { continue }
                var sum = used[limit.key] ?? Amount(0, isBinary: amount.isBinary)
                sum.value += amount.value
                used[limit.key] = sum
            }
        }
        return used
    }

    /// What one pod uses; nil for what is not counted by pods.
    private static func amount(_ name: String, of spec: SimJSON) -> Amount? {
        guard name != "pods", name != "count/pods" else { return Amount(1, isBinary: false) }
        guard let (side, resource) = part(name) else { return nil }
        let amounts = spec["containers"].items.compactMap { Amount($0["resources"][side][resource]) }
        return Amount(amounts.reduce(0) { $0 + $1.value }, isBinary: amounts.contains { $0.isBinary })
    }

    private static func part(_ name: String) -> (side: String, resource: String)? {
        let parts = name.split(separator: ".").map(String.init)
        if parts.count == 2, ["limits", "requests"].contains(parts[0]) { return (parts[0], parts[1]) }
        return ["cpu", "memory"].contains(name) ? ("requests", name) : nil
    }

    /// The amounts that a quota counts and containers leave out.
    private static func missing(_ spec: SimJSON, _ hard: SimJSON) -> String? {
        let lists = hard.members.map(\.key).sorted().compactMap { name -> String? in
            guard let (side, resource) = part(name) else { return nil }
            let without = spec["containers"].items.filter { $0["resources"][side][resource].isNull }
                .compactMap { $0["name"].stringValue }
            return without.isEmpty ? nil : "\(name) for: \(without.joined(separator: ","))"
        }
        return lists.isEmpty ? nil : lists.joined(separator: "; ")
    }

    /// A pod's spec with what the namespace's limit ranges say of containers that say nothing.
    func limited(_ spec: SimJSON, in namespace: String) -> SimJSON {
        let ranges = store.all("limitranges", namespace: namespace).flatMap { $0.json["spec"]["limits"].items }
            .filter { $0["type"] == "Container" }
        guard !ranges.isEmpty else { return spec }
        var spec = spec
        spec["containers"] = .array(
            spec["containers"].items.map { container in
                var container = container
                for range in ranges {
                    for (side, name) in [("limits", "default"), ("requests", "defaultRequest")] {
                        for amount in range[name].members where container["resources"][side][amount.key].isNull {
                            container["resources"][side][amount.key] = amount.value
                        }
                    }
                }
                return container
            })
        return spec
    }
}
