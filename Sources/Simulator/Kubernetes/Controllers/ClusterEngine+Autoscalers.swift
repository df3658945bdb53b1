import Foundation

extension ClusterEngine {
    /// Every fifteen seconds each autoscaler brings its target within its bounds.
    func runAutoscalers() {
        timers.add(now.addingTimeInterval(15), .autoscalers)
        for autoscaler in store.all("horizontalpodautoscalers.autoscaling") { reconcileAutoscaler(autoscaler.key) }
    }

    func reconcileAutoscaler(_ key: ObjectKey) {
        guard let autoscaler = store.get("horizontalpodautoscalers.autoscaling", key), !autoscaler.isTerminating else {
            return
        }
        let spec = autoscaler.json["spec"]
        let reference = spec["scaleTargetRef"]
        let name = reference["name"].stringValue ?? ""
        let resource = Self.scalable[reference["kind"].stringValue ?? ""]
        guard let resource, let target = store.get(resource, key.namespace, name) else {
            return writeFailure(autoscaler, "\(reference["kind"].stringValue?.lowercased() ?? "target") \"\(name)\"")
        }
        let present = target.json["spec"]["replicas"].intValue ?? 1
        let bounds = (least: spec["minReplicas"].intValue ?? 1, most: spec["maxReplicas"].intValue ?? 1)
        let desired = present == 0 ? 0 : min(max(present, bounds.least), bounds.most)
        if desired != present { rescale(autoscaler, target, resource, from: present, to: desired) }
        writeStatus(autoscaler, present: present, desired: desired)
    }

    private static let scalable = [
        "Deployment": "deployments.apps", "StatefulSet": "statefulsets.apps", "ReplicaSet": "replicasets.apps",
    ]

    private func rescale(
        _ autoscaler: StoredObject, _ target: StoredObject, _ resource: String, from: Int, to: Int
    ) {
        _ = try? store.update(resource, target.key) { json in  // Gone: nothing to scale.
            var json = json
            json["spec"]["replicas"] = .int(to)
            if let generation = json["metadata"]["generation"].intValue {
                json["metadata"]["generation"] = .int(generation + 1)
            }
            return json
        }
        let bound = to > from ? "below Spec.MinReplicas" : "above Spec.MaxReplicas"
        record(
            .of(autoscaler, "HorizontalPodAutoscaler", "autoscaling/v2"), "SuccessfulRescale",
            "New size: \(to); reason: Current number of replicas \(bound)", source: "horizontal-pod-autoscaler")
    }

    private func writeStatus(_ autoscaler: StoredObject, present: Int, desired: Int) {
        let isOff = present == 0
        let limit: (status: String, reason: String, message: String) =
            desired > present
            ? ("True", "TooFewReplicas", "the desired replica count is less than the minimum replica count")
            : desired < present
                ? ("True", "TooManyReplicas", "the desired replica count is more than the maximum replica count")
                : ("False", "DesiredWithinRange", "the desired count is within the acceptable range")
        let conditions = [
            condition(
                autoscaler, "AbleToScale", "True", desired == present ? "ReadyForNewScale" : "SucceededRescale",
                desired == present
                    ? "recommended size matches current size"
                    : "the HPA controller was able to update the target scale to \(desired)"),
            condition(
                autoscaler, "ScalingActive", isOff ? "False" : "True", isOff ? "ScalingDisabled" : "ValidMetricFound",
                isOff
                    ? "scaling is disabled since the replica count of the target is zero"
                    : "the HPA was able to successfully calculate a replica count from cpu resource utilization "
                        + "(percentage of request)"),
            condition(autoscaler, "ScalingLimited", limit.status, limit.reason, limit.message),
        ]
        _ = try? store.update("horizontalpodautoscalers.autoscaling", autoscaler.key) { json in  // Gone: no status.
            var json = json
            var status = json["status"]
            if desired != present { status["lastScaleTime"] = .string(KubeTime.text(now)) }
            status["currentReplicas"] = .int(present)
            status["desiredReplicas"] = .int(desired)
            if status["currentMetrics"].isNull, !isOff {
                let use = Int(StableHash.of(autoscaler.key.name) % 50) + 20
                let resource: SimJSON = ["name": "cpu", "current": ["averageUtilization": .int(use)]]
                status["currentMetrics"] = [["type": "Resource", "resource": resource]]
            }
            status["conditions"] = .array(conditions)
            json["status"] = status
            return json
        }
    }

    private func writeFailure(_ autoscaler: StoredObject, _ target: String) {
        let failure = condition(
            autoscaler, "AbleToScale", "False", "FailedGetScale",
            "the HPA controller was unable to get the target's current scale: \(target) not found")
        _ = try? store.update("horizontalpodautoscalers.autoscaling", autoscaler.key) { json in  // Gone: no status.
            var json = json
            json["status"]["conditions"] = [failure]
            return json
        }
    }

    private func condition(
        _ object: StoredObject, _ type: String, _ status: String, _ reason: String, _ message: String
    ) -> SimJSON {
        let before = object.json.condition(type)
        let isSame = before["status"].stringValue == status
        return [
            "type": .string(type), "status": .string(status),
            "lastTransitionTime": isSame ? before["lastTransitionTime"] : .string(KubeTime.text(now)),
            "reason": .string(reason), "message": .string(message),
        ]
    }
}
