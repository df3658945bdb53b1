import Foundation

extension TablePrinter {
    /// The kinds of the core group.
    static let core: [String: TablePrinter] = [
        "pods": TablePrinter(
            TableColumn.pods, conditions: PodPrinter.conditions, cells: { PodPrinter.cells($0, now: $1) }),
        "nodes": TablePrinter(TableColumn.nodes, cells: nodeCells),
        "namespaces": TablePrinter(TableColumn.namespaces) { object, now in
            [object.nameCell, object["status"]["phase"], object.ageCell(now)]
        },
        "services": TablePrinter(TableColumn.services, cells: serviceCells),
        "endpoints": TablePrinter(TableColumn.endpoints) { object, now in
            [object.nameCell, .string(endpointsText(object)), object.ageCell(now)]
        },
        "events": TablePrinter(TableColumn.events, cells: eventCells),
        "configmaps": TablePrinter(TableColumn.configMaps) { object, now in
            let count = object["data"].members.count + object["binaryData"].members.count
            return [object.nameCell, .int(count), object.ageCell(now)]
        },
        "secrets": TablePrinter(TableColumn.secrets) { object, now in
            [object.nameCell, object["type"], .int(object["data"].members.count), object.ageCell(now)]
        },
        "serviceaccounts": TablePrinter(TableColumn.serviceAccounts) { object, now in
            [object.nameCell, object.ageCell(now)]
        },
        "persistentvolumes": TablePrinter(TableColumn.persistentVolumes, cells: volumeCells),
        "persistentvolumeclaims": TablePrinter(TableColumn.persistentVolumeClaims, cells: claimCells),
        "resourcequotas": TablePrinter(TableColumn.resourceQuotas) { object, now in
            [
                object.nameCell, .string(quotaText(object, limits: false)), .string(quotaText(object, limits: true)),
                object.ageCell(now),
            ]
        },
        "componentstatuses": TablePrinter(TableColumn.componentStatuses) { object, _ in
            let health = object["conditions"].items.first { $0["type"].stringValue == "Healthy" } ?? .null
            let state = ["True": "Healthy", "False": "Unhealthy"][health["status"].stringValue ?? ""] ?? "Unknown"
            return [
                object.nameCell, .string(state), .string(health["message"].stringValue ?? ""),
                .string(health["error"].stringValue ?? ""),
            ]
        },
    ]

    private static func nodeCells(_ node: SimJSON, _ now: Date) -> [SimJSON] {
        let ready = node.condition("Ready")["status"].stringValue
        var states = [ready == nil ? "Unknown" : ready == "True" ? "Ready" : "NotReady"]
        if node["spec"]["unschedulable"].boolValue == true { states.append("SchedulingDisabled") }
        let prefix = "node-role.kubernetes.io/"
        var roles = node["metadata"]["labels"].members.compactMap { label -> String? in
            if label.key.hasPrefix(prefix), label.key.count > prefix.count {
                return String(label.key.dropFirst(prefix.count))
            }
            return label.key == "kubernetes.io/role" ? label.value.stringValue : nil
        }
        roles = Set(roles).sorted()
        let info = node["status"]["nodeInfo"]
        func address(_ type: String) -> SimJSON {
            let entry = node["status"]["addresses"].items.first { $0["type"].stringValue == type }
            return .string(entry?["address"].stringValue ?? "<none>")
        }
        var kernel = info["kernelVersion"].stringValue ?? "<unknown>"
        if let architecture = info["architecture"].stringValue, !architecture.isEmpty { kernel += " (\(architecture))" }
        return [
            node.nameCell, .string(states.joined(separator: ",")),
            .string(roles.isEmpty ? "<none>" : roles.joined(separator: ",")), node.ageCell(now),
            info["kubeletVersion"], address("InternalIP"), address("ExternalIP"),
            .string(info["osImage"].stringValue ?? "<unknown>"), .string(kernel),
            .string(info["containerRuntimeVersion"].stringValue ?? "<unknown>"),
        ]
    }

    private static func serviceCells(_ service: SimJSON, _ now: Date) -> [SimJSON] {
        let spec = service["spec"]
        let type = spec["type"].stringValue ?? "ClusterIP"
        let external = (spec["externalIPs"].items.compactMap(\.stringValue))
        var externalText = external.isEmpty ? "<none>" : external.joined(separator: ",")
        if type == "LoadBalancer" {
            let given = service["status"]["loadBalancer"]["ingress"].items.compactMap {
                $0["ip"].stringValue ?? $0["hostname"].stringValue
            }
            externalText =
                given.isEmpty
                ? (external.isEmpty ? "<pending>" : externalText) : (given + external).joined(separator: ",")
        } else if type == "ExternalName" {
            externalText = spec["externalName"].stringValue ?? ""
        }
        let ports = spec["ports"].items.map { port in
            let node = port["nodePort"].intValue.map { ":\($0)" } ?? ""
            return "\(port["port"].intValue ?? 0)\(node)/\(port["protocol"].stringValue ?? "TCP")"
        }
        return [
            service.nameCell, .string(type), .string(spec["clusterIPs"][0].stringValue ?? "<none>"),
            .string(externalText), .string(ports.isEmpty ? "<none>" : ports.joined(separator: ",")),
            service.ageCell(now), .string(spec["selector"].labelsText),
        ]
    }

    private static func endpointsText(_ object: SimJSON) -> String {
        var shown: [String] = []
        var count = 0
        for subset in object["subsets"].items {
            for port in subset["ports"].items {
                for address in subset["addresses"].items {
                    count += 1
                    guard shown.count < 3 else { continue }
                    shown.append("\(address["ip"].stringValue ?? ""):\(port["port"].intValue ?? 0)")
                }
            }
        }
        guard count > 0 else { return "<none>" }
        return shown.joined(separator: ",") + (count > 3 ? " + \(count - 3) more..." : "")
    }

    private static func eventCells(_ event: SimJSON, _ now: Date) -> [SimJSON] {
        func since(_ name: String) -> String? {
            event[name].isNull ? nil : HumanDuration.since(event[name], now: now)
        }
        var first = since("firstTimestamp") ?? since("eventTime") ?? "<unknown>"
        var last = since("lastTimestamp") ?? first
        let series = event["series"]
        var count = event["count"].intValue ?? 0
        if !series.isNull {
            last = HumanDuration.since(series["lastObservedTime"], now: now)
            count = series["count"].intValue ?? count
        } else if count == 0 {
            count = 1
        }
        if first == "<unknown>" { first = last }
        let involved = event["involvedObject"]
        let object = (involved["kind"].stringValue ?? "").lowercased() + "/" + (involved["name"].stringValue ?? "")
        var source = event["source"]["component"].stringValue ?? event["reportingComponent"].stringValue ?? ""
        if let host = event["source"]["host"].stringValue ?? event["reportingInstance"].stringValue, !host.isEmpty {
            source += ", \(host)"
        }
        return [
            .string(last), event["type"], event["reason"], .string(object),
            .string(involved["fieldPath"].stringValue ?? ""), .string(source),
            .string((event["message"].stringValue ?? "").trimmingCharacters(in: .whitespacesAndNewlines)),
            .string(first), .int(count), event.nameCell,
        ]
    }

    private static func volumeCells(_ volume: SimJSON, _ now: Date) -> [SimJSON] {
        let spec = volume["spec"]
        let claim = spec["claimRef"]
        let claimText = claim.isNull ? "" : "\(claim["namespace"].stringValue ?? "")/\(claim["name"].stringValue ?? "")"
        var phase = volume["status"]["phase"].stringValue ?? ""
        if !volume["metadata"]["deletionTimestamp"].isNull { phase = "Terminating" }
        return [
            volume.nameCell, spec["capacity"]["storage"], .string(accessModes(spec["accessModes"])),
            spec["persistentVolumeReclaimPolicy"], .string(phase), .string(claimText),
            .string(spec["storageClassName"].stringValue ?? ""),
            .string(spec["volumeAttributesClassName"].stringValue ?? "<unset>"),
            .string(volume["status"]["reason"].stringValue ?? ""), volume.ageCell(now),
            .string(spec["volumeMode"].stringValue ?? "<unset>"),
        ]
    }

    private static func claimCells(_ claim: SimJSON, _ now: Date) -> [SimJSON] {
        let (spec, status) = (claim["spec"], claim["status"])
        var phase = status["phase"].stringValue ?? ""
        if !claim["metadata"]["deletionTimestamp"].isNull { phase = "Terminating" }
        let isBound = spec["volumeName"].stringValue != nil
        return [
            claim.nameCell, .string(phase), .string(spec["volumeName"].stringValue ?? ""),
            .string(isBound ? status["capacity"]["storage"].stringValue ?? "" : ""),
            .string(isBound ? accessModes(status["accessModes"]) : ""),
            .string(spec["storageClassName"].stringValue ?? ""),
            .string(spec["volumeAttributesClassName"].stringValue ?? "<unset>"), claim.ageCell(now),
            .string(spec["volumeMode"].stringValue ?? "<unset>"),
        ]
    }

    private static func accessModes(_ modes: SimJSON) -> String {
        let short = [
            "ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP",
        ]
        return modes.items.compactMap { $0.stringValue.flatMap { short[$0] } }.joined(separator: ",")
    }

    private static func quotaText(_ quota: SimJSON, limits: Bool) -> String {
        quota["status"]["hard"].members
            .filter { $0.key.hasPrefix("limits.") == limits }
            .map { hard in
                let used = quota["status"]["used"][hard.key].intOrText ?? "0"
                return "\(hard.key): \(used)/\(hard.value.intOrText ?? "")"
            }
            .sorted().joined(separator: ", ")
    }
}
