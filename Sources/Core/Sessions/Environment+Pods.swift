import Backends
import Model

extension Environment {
    /// A ready pod of a service or a workload, for who wants to go into one of them.
    public func servingPod(of object: ObjectReference) async throws -> ObjectReference {
        let target = ForwardTarget(object: object, ports: [], client: try kubernetes())
        guard let place = try await target.place() else {
            throw ActionRefusal(.invalid, "no pod of \(object.shortName) is ready", hint: "look at its pods")
        }
        return ObjectReference(
            environment: object.environment, kind: .pods, namespace: object.namespace, name: place.pod, uid: place.uid)
    }
}
