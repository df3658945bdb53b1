import Backends
import JSON
import Model

/// What a person named for a forward, led to a pod that can serve it.
struct ForwardTarget: Sendable {
    /// A pod and its ports' numbers, in the order of the wish.
    struct Place: Sendable, Equatable {
        var pod: String
        var uid: String
        var ports: [Int]
        /// What would make another one, for a pod that is named itself.
        var owner: String
    }

    let object: ObjectReference
    let ports: [ForwardOptions.Port]
    let client: KubernetesClient

    private var namespace: String { object.namespace ?? client.connection.defaultNamespace }

    /// A pod that serves it now; nil when there is none that is ready. `after` is the owner of the pod that served it before.
    func place(after owner: String = "") async throws -> Place? {
        if object.kind == .pods { return try await namedPod(after: owner) }
        let service = object.kind == .services ? try await client.rawObject(object) : nil
        let selector = try await client.podSelector(
            ofWorkload: object.kind.kind, namespace: namespace, name: object.name)
        guard !selector.isEmpty else {
            throw ActionRefusal(.invalid, "\(object.shortName) selects no pods", hint: "forward a pod instead")
        }
        let pods = try await client.items(of: .pods, namespace: namespace, labelSelector: selector)
        guard let pod = Self.best(of: pods) else { return nil }
        return try place(in: pod, service)
    }

    private func namedPod(after owner: String) async throws -> Place? {
        do {
            let pod = try await client.rawObject(object)
            if Self.serves(pod) { return try place(in: pod, nil) }
        } catch let error as KubernetesError where error.statusCode == 404 {
            guard !owner.isEmpty else { throw error }
        }
        guard !owner.isEmpty else { return nil }
        let siblings = try await client.items(of: .pods, namespace: namespace).filter { Self.owner(of: $0) == owner }
        return try Self.best(of: siblings).map { try place(in: $0, nil) }
    }

    /// Ready, not going away; the one whose name comes first, so that everybody gets the same one.
    private static func best(of pods: [JSONValue]) -> JSONValue? {
        pods.filter { serves($0) && isReady($0) }.min { $0.text("metadata", "name") < $1.text("metadata", "name") }
    }

    private static func serves(_ pod: JSONValue) -> Bool {
        pod.text("status", "phase") == "Running" && pod.text("metadata", "deletionTimestamp").isEmpty
    }

    private static func isReady(_ pod: JSONValue) -> Bool {
        pod.list("status", "conditions").contains { $0.text("type") == "Ready" && $0.text("status") == "True" }
    }

    private static func owner(of pod: JSONValue) -> String {
        pod.list("metadata", "ownerReferences").first { $0.flag("controller") }?.text("uid") ?? ""
    }

    private func place(in pod: JSONValue, _ service: JSONValue?) throws -> Place {
        Place(
            pod: pod.text("metadata", "name"), uid: pod.text("metadata", "uid"),
            ports: try ports.map { try number(of: $0.remote, in: pod, service) }, owner: Self.owner(of: pod))
    }

    /// A service's port leads to the container's; a number that the service does not have is refused, as by kubectl.
    private func number(of word: String, in pod: JSONValue, _ service: JSONValue?) throws(ActionRefusal) -> Int {
        guard let service else { return try number(of: word, in: pod) }
        let ports = service.list("spec", "ports")
        guard let port = ports.first(where: { $0.text("name") == word || $0.text("port") == word }) else {
            let known = ports.map {
                $0.text("name").isEmpty ? $0.text("port") : "\($0.text("port")) (\($0.text("name")))"
            }
            throw ActionRefusal(
                .invalid, "\(object.shortName) has no port \(word)", hint: "it has \(known.joined(separator: ", "))")
        }
        let target = port.text("targetPort")
        return try number(of: target.isEmpty || target == "0" ? port.text("port") : target, in: pod)
    }

    private func number(of word: String, in pod: JSONValue) throws(ActionRefusal) -> Int {
        if let number = Int(word) {
            guard (1...65535).contains(number) else { throw ActionRefusal(.invalid, "\(word) is no port") }
            return number
        }
        let known = pod.list("spec", "containers").flatMap { $0.list("ports") }
        if let found = known.first(where: { $0.text("name") == word })?.number("containerPort") { return found }
        let names = known.map { $0.text("name") }.filter { !$0.isEmpty }
        throw ActionRefusal(
            .invalid, "pod/\(pod.text("metadata", "name")) has no port named \(word)",
            hint: names.isEmpty ? "give its number" : "it has \(names.joined(separator: ", "))")
    }
}
