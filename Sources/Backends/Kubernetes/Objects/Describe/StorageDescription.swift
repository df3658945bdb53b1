import JSON
import Model

/// Claims and volumes.
enum StorageDescription {
    @Sendable static func claim(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let phase = object.text("status", "phase")
        result.say("Status", phase, tone: StatusTone.of(phase))
        result.facts += ObjectFacts.rows(
            [
                FactRow("Volume", "spec", "volumeName"), FactRow("Capacity", "status", "capacity", "storage"),
                FactRow("Asked for", "spec", "resources", "requests", "storage"),
                FactRow("Access", "spec", "accessModes"), FactRow("Class", "spec", "storageClassName"),
                FactRow("Mode", "spec", "volumeMode"),
            ], of: object)
        result.link("volume", "PersistentVolume", nil, object.text("spec", "volumeName"))
        result.link("storage class", "StorageClass", nil, object.text("spec", "storageClassName"))
        return result
    }

    @Sendable static func volume(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let phase = object.text("status", "phase")
        result.say("Status", phase, tone: StatusTone.of(phase))
        let claim = object["spec"]?["claimRef"]
        if let claim { result.say("Claim", "\(claim.text("namespace"))/\(claim.text("name"))") }
        result.facts += ObjectFacts.rows(
            [
                FactRow("Capacity", "spec", "capacity", "storage"), FactRow("Access", "spec", "accessModes"),
                FactRow("Reclaim policy", "spec", "persistentVolumeReclaimPolicy"),
                FactRow("Class", "spec", "storageClassName"), FactRow("Mode", "spec", "volumeMode"),
                FactRow("Reason", "status", "reason"), FactRow("Message", "status", "message"),
            ], of: object)
        let known: Set<String> = [
            "capacity", "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName", "volumeMode",
            "nodeAffinity", "mountOptions",
        ]
        if let source = object["spec"]?.members.first(where: { !known.contains($0.key) }) {
            result.section("Source: \(source.key)", ObjectFacts.outline(source.value))
        }
        if let claim {
            result.link("claim", "PersistentVolumeClaim", claim.text("namespace"), claim.text("name"))
        }
        result.link("storage class", "StorageClass", nil, object.text("spec", "storageClassName"))
        return result
    }
}
