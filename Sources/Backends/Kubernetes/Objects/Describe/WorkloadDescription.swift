import JSON
import Model

/// Deployments, replica sets, stateful sets and daemon sets: how many pods they want and have, and their template.
enum WorkloadDescription {
    private static let template = ["spec", "template"]

    @Sendable static func deployment(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let wanted = object.number("spec", "replicas") ?? 1
        result.facts.append(
            replicas(
                object, wanted, available: "availableReplicas",
                rest: [("updated", "updatedReplicas"), ("unavailable", "unavailableReplicas")]))
        if object.flag("spec", "paused") { result.say("Rollout", "paused", tone: .warning) }
        result.say("Revision", object.text("metadata", "annotations", "deployment.kubernetes.io/revision"))
        result.say("Strategy", strategy(object["spec"]?["strategy"]))
        addTemplate(object, &result)
        return result
    }

    @Sendable static func replicaSet(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let wanted = object.number("spec", "replicas") ?? 1
        result.facts.append(replicas(object, wanted, available: "readyReplicas", rest: []))
        result.say("Revision", object.text("metadata", "annotations", "deployment.kubernetes.io/revision"))
        addTemplate(object, &result)
        return result
    }

    @Sendable static func statefulSet(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let wanted = object.number("spec", "replicas") ?? 1
        result.facts.append(
            replicas(object, wanted, available: "readyReplicas", rest: [("updated", "updatedReplicas")]))
        result.say("Service", object.text("spec", "serviceName"))
        result.say("Update strategy", strategy(object["spec"]?["updateStrategy"]))
        result.say("Pod management", object.text("spec", "podManagementPolicy"))
        let claims = object.list("spec", "volumeClaimTemplates").map { claim in
            ObjectDocument.Fact(
                claim.text("metadata", "name"),
                claim.text("spec", "resources", "requests", "storage") + " " + claim.text("spec", "storageClassName"))
        }
        result.link("service", "Service", object.text("metadata", "namespace"), object.text("spec", "serviceName"))
        addTemplate(object, &result)
        result.section("Volume claims", claims)
        return result
    }

    @Sendable static func daemonSet(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let wanted = object.number("status", "desiredNumberScheduled") ?? 0
        result.facts.append(
            replicas(
                object, wanted, available: "numberReady",
                rest: [
                    ("up to date", "updatedNumberScheduled"), ("available", "numberAvailable"),
                    ("misscheduled", "numberMisscheduled"),
                ]))
        result.say(
            "Node selector", object.at(["spec", "template", "spec", "nodeSelector"]).map(ObjectFacts.oneLine) ?? "")
        result.say("Update strategy", strategy(object["spec"]?["updateStrategy"]))
        addTemplate(object, &result)
        return result
    }

    private static func replicas(
        _ object: JSONValue, _ wanted: Int, available: String, rest: [(String, String)]
    ) -> ObjectDocument.Fact {
        let ready = object.number("status", available) ?? 0
        let parts = rest.compactMap { word, key in object.number("status", key).map { "\($0) \(word)" } }
        let tone: Tone = wanted == 0 ? .muted : ready >= wanted ? .good : ready == 0 ? .critical : .warning
        return .init("Replicas", (["\(ready) of \(wanted) ready"] + parts).joined(separator: ", "), tone: tone)
    }

    private static func strategy(_ value: JSONValue?) -> String {
        guard let value else { return "" }
        let rolling = value["rollingUpdate"].map { " (\(ObjectFacts.oneLine($0)))" } ?? ""
        return value.text("type") + rolling
    }

    private static func addTemplate(_ object: JSONValue, _ result: inout KindDescription) {
        result.say("Selector", ObjectFacts.selector(object.at(["spec", "selector"])))
        result.say("Images", PodTemplateDescription.images(object, template))
        result.facts += ObjectFacts.rows(
            [
                FactRow("Minimum ready", "spec", "minReadySeconds"),
                FactRow("Progress deadline", "spec", "progressDeadlineSeconds"),
                FactRow("Service account", "spec", "template", "spec", "serviceAccountName"),
                FactRow("Observed generation", "status", "observedGeneration"),
            ], of: object)
        PodTemplateDescription.sections(object, template, &result)
    }
}
