import Foundation

extension TablePrinter {
    /// Deployments and what else makes pods.
    static let workloads: [String: TablePrinter] = [
        "deployments.apps": TablePrinter(TableColumn.deployments) { object, now in
            let status = object["status"]
            let ready = "\(status["readyReplicas"].intValue ?? 0)/\(object["spec"]["replicas"].intValue ?? 0)"
            return [
                object.nameCell, .string(ready), .int(status["updatedReplicas"].intValue ?? 0),
                .int(status["availableReplicas"].intValue ?? 0), object.ageCell(now),
            ] + object["spec"]["template"].containerCells + [object["spec"]["selector"].selectorCell]
        },
        "replicasets.apps": TablePrinter(TableColumn.replicaSets) { object, now in
            let status = object["status"]
            return [
                object.nameCell, .int(object["spec"]["replicas"].intValue ?? 0), .int(status["replicas"].intValue ?? 0),
                .int(status["readyReplicas"].intValue ?? 0), object.ageCell(now),
            ] + object["spec"]["template"].containerCells + [object["spec"]["selector"].selectorCell]
        },
        "statefulsets.apps": TablePrinter(TableColumn.statefulSets) { object, now in
            let ready = object["status"]["readyReplicas"].intValue ?? 0
            return [
                object.nameCell, .string("\(ready)/\(object["spec"]["replicas"].intValue ?? 0)"), object.ageCell(now),
            ] + object["spec"]["template"].containerCells
        },
        "daemonsets.apps": TablePrinter(TableColumn.daemonSets) { object, now in
            let status = object["status"]
            let numbers = [
                "desiredNumberScheduled", "currentNumberScheduled", "numberReady", "updatedNumberScheduled",
                "numberAvailable",
            ]
            return [object.nameCell] + numbers.map { .int(status[$0].intValue ?? 0) } + [
                .string(object["spec"]["template"]["spec"]["nodeSelector"].labelsText), object.ageCell(now),
            ] + object["spec"]["template"].containerCells + [object["spec"]["selector"].selectorCell]
        },
        "jobs.batch": TablePrinter(TableColumn.jobs, cells: jobCells),
        "cronjobs.batch": TablePrinter(TableColumn.cronJobs) { object, now in
            let spec = object["spec"]
            let last = object["status"]["lastScheduleTime"]
            return [
                object.nameCell, spec["schedule"], .string(spec["timeZone"].stringValue ?? "<none>"),
                .string(spec["suspend"].boolValue == true ? "True" : "False"),
                .int(object["status"]["active"].items.count),
                .string(last.isNull ? "<none>" : HumanDuration.since(last, now: now)), object.ageCell(now),
            ] + spec["jobTemplate"]["spec"]["template"].containerCells
                + [spec["jobTemplate"]["spec"]["selector"].selectorCell]
        },
        "horizontalpodautoscalers.autoscaling": TablePrinter(TableColumn.horizontalPodAutoscalers) { object, now in
            let spec = object["spec"]
            let target = spec["scaleTargetRef"]
            return [
                object.nameCell, .string("\(target["kind"].stringValue ?? "")/\(target["name"].stringValue ?? "")"),
                .string(autoscalerTargets(object)), .string(spec["minReplicas"].intValue.map { "\($0)" } ?? "<unset>"),
                .int(spec["maxReplicas"].intValue ?? 0), .int(object["status"]["currentReplicas"].intValue ?? 0),
                object.ageCell(now),
            ]
        },
        "poddisruptionbudgets.policy": TablePrinter(TableColumn.podDisruptionBudgets) { object, now in
            [
                object.nameCell, .string(object["spec"]["minAvailable"].intOrText ?? "N/A"),
                .string(object["spec"]["maxUnavailable"].intOrText ?? "N/A"),
                .int(object["status"]["disruptionsAllowed"].intValue ?? 0), object.ageCell(now),
            ]
        },
    ]

    private static func jobCells(_ object: SimJSON, _ now: Date) -> [SimJSON] {
        let (spec, status) = (object["spec"], object["status"])
        var state = "Running"
        if object.condition("Complete")["status"].stringValue == "True" {
            state = "Complete"
        } else if object.condition("Failed")["status"].stringValue == "True" {
            state = "Failed"
        } else if !object["metadata"]["deletionTimestamp"].isNull {
            state = "Terminating"
        } else if object.condition("Suspended")["status"].stringValue == "True" {
            state = "Suspended"
        }
        let done = status["succeeded"].intValue ?? 0
        var completions = "\(done)/1 of \(spec["parallelism"].intValue ?? 1)"
        if let wanted = spec["completions"].intValue {
            completions = "\(done)/\(wanted)"
        } else if (spec["parallelism"].intValue ?? 1) <= 1 {
            completions = "\(done)/1"
        }
        var duration = ""
        if let start = KubeTime.seconds(status["startTime"].stringValue) {
            let end = KubeTime.seconds(status["completionTime"].stringValue) ?? now.timeIntervalSince1970
            duration = HumanDuration.text(seconds: end - start)
        }
        return [
            object.nameCell, .string(state), .string(completions), .string(duration), object.ageCell(now),
        ] + spec["template"].containerCells + [spec["selector"].selectorCell]
    }

    private static func autoscalerTargets(_ object: SimJSON) -> String {
        let current = object["status"]["currentMetrics"].items
        let parts = object["spec"]["metrics"].items.enumerated().map { index, metric in
            let resource = metric["resource"]
            let name = resource["name"].stringValue ?? ""
            let present = current.indices.contains(index) ? current[index]["resource"]["current"] : .null
            if let wanted = resource["target"]["averageUtilization"].intValue {
                let now = present["averageUtilization"].intValue.map { "\($0)%" } ?? "<unknown>"
                return "\(name): \(now)/\(wanted)%"
            }
            return "\(name): \(present["averageValue"].stringValue ?? "<unknown>")/"
                + (resource["target"]["averageValue"].stringValue ?? "")
        }
        return parts.isEmpty ? "<none>" : parts.joined(separator: ", ")
    }
}

extension SimJSON {
    /// A number or a percentage, as `IntOrString` fields hold.
    var intOrText: String? { intValue.map { "\($0)" } ?? stringValue }
}
