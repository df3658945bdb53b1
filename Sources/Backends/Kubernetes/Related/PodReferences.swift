import JSON
import Model

/// What a pod's specification, or a workload's template of one, refers to by name.
struct PodReferences {
    struct Use: Hashable {
        var kind: String
        var name: String
        /// "env LEDGER_URL of container app", "volume config".
        var words: String
    }

    private(set) var uses: [Use] = []

    init(_ spec: JSONValue) {
        for volume in spec.list("volumes") { add(volume: volume) }
        for part in ["initContainers", "containers", "ephemeralContainers"] {
            for container in spec.list(part) { add(container: container) }
        }
        for secret in spec.list("imagePullSecrets") { add("Secret", secret.text("name"), "pulls images") }
        let account = spec.text("serviceAccountName")
        add("ServiceAccount", account, "runs as it")
        add("PriorityClass", spec.text("priorityClassName"), "has its priority")
    }

    private mutating func add(volume: JSONValue) {
        let words = "volume \(volume.text("name"))"
        add("ConfigMap", volume.text("configMap", "name"), words)
        add("Secret", volume.text("secret", "secretName"), words)
        add("PersistentVolumeClaim", volume.text("persistentVolumeClaim", "claimName"), words)
        for source in volume.list("projected", "sources") {
            add("ConfigMap", source.text("configMap", "name"), words)
            add("Secret", source.text("secret", "name"), words)
        }
    }

    private mutating func add(container: JSONValue) {
        let place = "of container \(container.text("name"))"
        for source in container.list("envFrom") {
            add("ConfigMap", source.text("configMapRef", "name"), "all env \(place)")
            add("Secret", source.text("secretRef", "name"), "all env \(place)")
        }
        for variable in container.list("env") {
            let words = "env \(variable.text("name")) \(place)"
            add("ConfigMap", variable.text("valueFrom", "configMapKeyRef", "name"), words)
            add("Secret", variable.text("valueFrom", "secretKeyRef", "name"), words)
        }
    }

    private mutating func add(_ kind: String, _ name: String, _ words: String) {
        guard !name.isEmpty else { return }
        uses.append(Use(kind: kind, name: name, words: words))
    }

    /// How it refers to one object; nil when it does not.
    func words(on kind: String, _ name: String) -> String? {
        let words = uses.filter { $0.kind == kind && $0.name == name }.map(\.words)
        guard let first = words.first else { return nil }
        return words.count == 1 ? first : "\(first) and \(words.count - 1) more"
    }
}
