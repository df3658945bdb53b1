import JSON
import Model

/// What only some kinds know.
extension KubernetesWriter {
    /// Deletes a pod as far as disruption budgets allow; 429 names the budget that does not.
    @discardableResult
    public func evict(_ pod: ObjectReference, grace: Int? = nil) async throws -> JSONValue {
        var options: [(key: String, value: JSONLiteral)] = []
        if let grace { options.append(("gracePeriodSeconds", .integer(grace))) }
        if !pod.uid.isEmpty { options.append(("preconditions", ["uid": .string(pod.uid)])) }
        var body: [(key: String, value: JSONLiteral)] = [
            ("apiVersion", "policy/v1"), ("kind", "Eviction"),
            ("metadata", ["name": .string(pod.name), "namespace": .string(pod.namespace ?? "")]),
        ]
        if !options.isEmpty { body.append(("deleteOptions", .object(options))) }
        return try await send(.post, APIPath(pod).appending("eviction"), body: JSONLiteral.object(body).bytes)
    }

    @discardableResult
    public func scale(_ object: ObjectReference, to replicas: Int) async throws -> JSONValue {
        try await patch(object, subresource: "scale", .merge, ["spec": ["replicas": .integer(replicas)]])
    }

    /// A rolling restart as kubectl does it: a time in the pods' template.
    @discardableResult
    public func restart(_ workload: ObjectReference, at time: Timestamp) async throws -> JSONValue {
        let annotations: JSONLiteral = ["kubectl.kubernetes.io/restartedAt": .string(time.rfc3339)]
        return try await patch(
            workload, .strategic, ["spec": ["template": ["metadata": ["annotations": annotations]]]])
    }

    /// Adds an ephemeral container to a pod.
    @discardableResult
    public func addEphemeralContainer(_ pod: ObjectReference, _ container: JSONLiteral) async throws -> JSONValue {
        try await patch(
            pod, subresource: "ephemeralcontainers", .strategic,
            ["spec": ["ephemeralContainers": .array([container])]])
    }
}
