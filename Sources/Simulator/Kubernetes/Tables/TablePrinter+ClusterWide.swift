import Foundation

extension TablePrinter {
    /// Networking, storage, policy and the cluster's own kinds.
    static let clusterWide: [String: TablePrinter] = [
        "ingresses.networking.k8s.io": TablePrinter(TableColumn.ingresses, cells: ingressCells),
        "ingressclasses.networking.k8s.io": TablePrinter(TableColumn.ingressClasses) { object, now in
            [object.nameCell, object["spec"]["controller"], .string(parameters(object)), object.ageCell(now)]
        },
        "networkpolicies.networking.k8s.io": TablePrinter(TableColumn.networkPolicies) { object, now in
            [object.nameCell, object["spec"]["podSelector"].selectorCell, object.ageCell(now)]
        },
        "endpointslices.discovery.k8s.io": TablePrinter(TableColumn.endpointSlices) { object, now in
            let ports = object["ports"].items.map { $0["port"].intValue.map { "\($0)" } ?? "*" }
            let addresses = object["endpoints"].items.flatMap { $0["addresses"].items.compactMap(\.stringValue) }
            return [
                object.nameCell, object["addressType"], .string(shortList(ports, empty: "<unset>")),
                .string(shortList(addresses, empty: "<unset>")), object.ageCell(now),
            ]
        },
        "storageclasses.storage.k8s.io": TablePrinter(TableColumn.storageClasses) { object, now in
            let annotation = object["metadata"]["annotations"]["storageclass.kubernetes.io/is-default-class"]
            let mark = annotation.stringValue == "true" ? " (default)" : ""
            return [
                .string((object.nameCell.stringValue ?? "") + mark), object["provisioner"],
                .string(object["reclaimPolicy"].stringValue ?? "Delete"),
                .string(object["volumeBindingMode"].stringValue ?? "<unset>"),
                .bool(object["allowVolumeExpansion"].boolValue ?? false), object.ageCell(now),
            ]
        },
        "priorityclasses.scheduling.k8s.io": TablePrinter(TableColumn.priorityClasses) { object, now in
            [
                object.nameCell, .int(object["value"].intValue ?? 0),
                .bool(object["globalDefault"].boolValue ?? false), object.ageCell(now),
                .string(object["preemptionPolicy"].stringValue ?? "PreemptLowerPriority"),
            ]
        },
        "leases.coordination.k8s.io": TablePrinter(TableColumn.leases) { object, now in
            [object.nameCell, .string(object["spec"]["holderIdentity"].stringValue ?? ""), object.ageCell(now)]
        },
        "clusterrolebindings.rbac.authorization.k8s.io": TablePrinter(
            TableColumn.clusterRoleBindings, cells: bindingCells),
        "rolebindings.rbac.authorization.k8s.io": TablePrinter(TableColumn.roleBindings, cells: bindingCells),
        "apiservices.apiregistration.k8s.io": TablePrinter(TableColumn.apiServices) { object, now in
            let service = object["spec"]["service"]
            let text =
                service.isNull
                ? "Local" : "\(service["namespace"].stringValue ?? "")/\(service["name"].stringValue ?? "")"
            let available = object.condition("Available")
            var state = available["status"].stringValue ?? "Unknown"
            if state != "True", let reason = available["reason"].stringValue { state += " (\(reason))" }
            return [object.nameCell, .string(text), .string(state), object.ageCell(now)]
        },
    ]

    private static func ingressCells(_ object: SimJSON, _ now: Date) -> [SimJSON] {
        let spec = object["spec"]
        let hosts = spec["rules"].items.compactMap { $0["host"].stringValue }
        let addresses = object["status"]["loadBalancer"]["ingress"].items.compactMap {
            $0["ip"].stringValue ?? $0["hostname"].stringValue
        }
        return [
            object.nameCell, .string(spec["ingressClassName"].stringValue ?? "<none>"),
            .string(shortList(hosts, empty: "*")), .string(addresses.joined(separator: ",")),
            .string(spec["tls"].items.isEmpty ? "80" : "80, 443"), object.ageCell(now),
        ]
    }

    private static func bindingCells(_ object: SimJSON, _ now: Date) -> [SimJSON] {
        let role = object["roleRef"]
        func subjects(_ kind: String) -> SimJSON {
            let names = object["subjects"].items.filter { $0["kind"].stringValue == kind }.map { subject in
                let name = subject["name"].stringValue ?? ""
                return subject["namespace"].stringValue.map { "\($0)/\(name)" } ?? name
            }
            return .string(names.joined(separator: ", "))
        }
        return [
            object.nameCell, .string("\(role["kind"].stringValue ?? "")/\(role["name"].stringValue ?? "")"),
            object.ageCell(now), subjects("User"), subjects("Group"), subjects("ServiceAccount"),
        ]
    }

    private static func parameters(_ object: SimJSON) -> String {
        let reference = object["spec"]["parameters"]
        guard let name = reference["name"].stringValue else { return "<none>" }
        let group = reference["apiGroup"].stringValue.map { ".\($0)" } ?? ""
        return "\(reference["kind"].stringValue ?? "")\(group)/\(name)"
    }

    /// The first three, and how many more.
    static func shortList(_ items: [String], empty: String) -> String {
        guard !items.isEmpty else { return empty }
        return items.prefix(3).joined(separator: ",") + (items.count > 3 ? " + \(items.count - 3) more..." : "")
    }
}
