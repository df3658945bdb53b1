import Backends
import JSON
import Model

/// What a planner has to work with.
struct Planning: Sendable {
    let id: ActionID
    let action: Action
    let environment: Environment
    /// Reads only.
    let client: KubernetesClient
    let parts: DeskParts
    /// Says what is being asked now.
    let say: @Sendable (String) -> Void

    var objects: [ObjectReference] { action.objects }
    var pacer: any Pacer { parts.pacer }

    /// Sends dry runs; throws `ActionRefusal` while the environment is read-only.
    func rehearsal() throws -> KubernetesWriter {
        try environment.writer(try parts.guard.rehearsal(of: action))
    }

    /// The objects as they are now, in order. One that is gone, or was replaced by another of its name, refuses the action.
    func present() async throws -> [PresentObject] {
        var found: [PresentObject] = []
        for reference in objects { found.append(try await present(reference)) }
        return found
    }

    func present(_ reference: ObjectReference) async throws -> PresentObject {
        let value: JSONValue
        do {
            value = try await client.rawObject(reference)
        } catch let error as KubernetesError where error.statusCode == 404 {
            let place = reference.namespace.map { " in \($0)" } ?? ""
            throw ActionRefusal(
                .changed,
                reference.uid.isEmpty
                    ? "there is no \(reference.shortName)\(place)" : "\(reference.shortName) is gone\(place)")
        }
        let uid = value.text("metadata", "uid")
        guard reference.uid.isEmpty || uid.isEmpty || uid == reference.uid else {
            throw ActionRefusal(
                .changed, "\(reference.shortName) was replaced meanwhile by another of its name",
                hint: "look at the new one first")
        }
        var reference = reference
        reference.uid = uid
        return PresentObject(reference: reference, value: value)
    }

    /// Where an object goes that names no namespace: where the action's other objects are, else the context's own.
    var defaultNamespace: String {
        action.namespace ?? objects.first?.namespace ?? client.connection.defaultNamespace
    }

    /// "3 pods in payments", "pod/api-1 in payments".
    func place(_ deed: Deed) -> String {
        let namespaces = Set(objects.compactMap(\.namespace))
        let subject = objects.count == 1 ? objects[0].shortName : deed.count(objects.count)
        switch namespaces.count {
        case 0: return subject
        case 1: return "\(subject) in \(namespaces.first!)"
        default: return "\(subject) in \(namespaces.count) namespaces"
        }
    }
}

/// An object as the server has it at the time of planning.
struct PresentObject: Sendable {
    /// With the uid that the server told.
    var reference: ObjectReference
    var value: JSONValue
    var labels: [String: String] {
        Dictionary(value.map("metadata", "labels").map { ($0.key, $0.value.scalarText ?? "") }) { first, _ in first }
    }
}
