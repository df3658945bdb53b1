import JSON
import Model

/// Makes the document of an object: its metadata, what its kind has to say, conditions, labels, events, links.
enum ObjectDescription {
    static func document(
        _ object: JSONValue, reference: ObjectReference, events: [ObjectDocument.Event] = []
    ) -> ObjectDocument {
        let kind = object["kind"]?.string ?? reference.kind.kind
        let own = describe(object, kind: kind)
        let metadata = object["metadata"] ?? object
        var found = reference
        found.uid = metadata.text("uid")
        let labels = metadata.map("labels").map { ($0.key, $0.value.string ?? "") }
        return ObjectDocument(
            reference: found, resourceVersion: metadata.text("resourceVersion"),
            yaml: ObjectYAML.text(object, hidingSecrets: true),
            sections: sections(object, metadata, kind: kind, own), events: events, containers: own.containers,
            labels: Dictionary(labels) { first, _ in first }, links: owners(metadata, found) + own.links)
    }

    private static func describe(_ object: JSONValue, kind: String) -> KindDescription {
        // A custom kind may bear the name of a built-in one.
        let group = object.text("apiVersion").split(separator: "/").dropLast().first.map(String.init) ?? ""
        let isBuiltIn = !group.contains(".") || group.hasSuffix(".k8s.io")
        guard isBuiltIn, let describe = kinds[kind] else { return GenericDescription.of(object) }
        return describe(object)
    }

    private static let kinds: [String: @Sendable (JSONValue) -> KindDescription] = [
        "Pod": PodDescription.of, "Deployment": WorkloadDescription.deployment,
        "ReplicaSet": WorkloadDescription.replicaSet, "ReplicationController": WorkloadDescription.replicaSet,
        "StatefulSet": WorkloadDescription.statefulSet, "DaemonSet": WorkloadDescription.daemonSet,
        "Job": BatchDescription.job, "CronJob": BatchDescription.cronJob, "Node": NodeDescription.of,
        "Service": NetworkDescription.service, "Ingress": NetworkDescription.ingress,
        "PersistentVolumeClaim": StorageDescription.claim, "PersistentVolume": StorageDescription.volume,
        "ConfigMap": DataDescription.configMap, "Secret": DataDescription.secret,
        "HorizontalPodAutoscaler": AutoscalerDescription.of, "Namespace": NamespaceDescription.of,
        "Event": EventDescription.of,
    ]

    private static func sections(
        _ object: JSONValue, _ metadata: JSONValue, kind: String, _ own: KindDescription
    ) -> [ObjectDocument.Section] {
        var facts = ObjectFacts.rows(
            [FactRow("Name", "name"), FactRow("Namespace", "namespace"), FactRow("Created", "creationTimestamp")],
            of: metadata)
        let owners = metadata.list("ownerReferences").map { "\($0.text("kind")) \($0.text("name"))" }
        if !owners.isEmpty { facts.append(.init("Owner", owners.joined(separator: ", "))) }
        if let deletion = metadata["deletionTimestamp"]?.string {
            facts.append(.init("Deleting", "since \(deletion)", tone: .progressing))
            facts += metadata.texts("finalizers").map { .init("waits for", $0, tone: .warning, depth: 1) }
        }
        var result = [ObjectDocument.Section(kind, facts + own.facts)] + own.sections
        for (title, facts) in [
            ("Conditions", ObjectFacts.conditions(object)), ("Labels", ObjectFacts.map(metadata.map("labels"))),
            ("Annotations", ObjectFacts.map(metadata.map("annotations"))),
        ] where !facts.isEmpty {
            result.append(.init(title, facts))
        }
        return result
    }

    private static func owners(_ metadata: JSONValue, _ reference: ObjectReference) -> [ObjectDocument.Link] {
        metadata.list("ownerReferences").sorted { $0.flag("controller") && !$1.flag("controller") }.map {
            .init(relation: "owner", kind: $0.text("kind"), namespace: reference.namespace, name: $0.text("name"))
        }
    }
}
