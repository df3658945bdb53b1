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
    /// What stands around pods, asked for once a namespace.
    let neighbourhood = Neighbourhood()
    /// Says what is being asked now.
    let say: @Sendable (String) -> Void

    var objects: [ObjectReference] { action.objects }
    var pacer: any Pacer { parts.pacer }

    /// What stands around the pods of a namespace.
    func neighbours(of namespace: String) async -> Neighbours {
        await neighbourhood.neighbours(client, namespace)
    }

    /// Sends dry runs; throws `ActionRefusal` while the environment is read-only.
    func rehearsal() throws -> KubernetesWriter {
        try environment.writer(try parts.guard.rehearsal(of: action))
    }

    /// From so many objects of one kind in one place on, one list is asked for instead of each of them.
    private static let listedFrom = 10

    /// The objects as they are now, in order. One that is gone, or was replaced by another of its name, refuses the action.
    func present() async throws -> [PresentObject] {
        let listed = try await listed()
        var found: [PresentObject] = []
        for reference in objects {
            if let value = listed[Place(reference)]?[reference.name] {
                found.append(try checked(reference, value))
            } else {
                found.append(try await present(reference))
            }
        }
        return found
    }

    /// A kind in a namespace.
    private struct Place: Hashable {
        let kind: ResourceKind
        let namespace: String?
        init(_ reference: ObjectReference) { (kind, namespace) = (reference.kind, reference.namespace) }
    }

    /// What stands in places where many objects are meant, by name.
    private func listed() async throws -> [Place: [String: JSONValue]] {
        var result: [Place: [String: JSONValue]] = [:]
        for (place, references) in Dictionary(grouping: objects, by: Place.init)
        where references.count >= Self.listedFrom {
            let wanted = Set(references.map(\.name))
            let items = try await client.items(of: place.kind, namespace: place.namespace).map {
                ($0.text("metadata", "name"), client.named($0, place.kind))
            }
            result[place] = Dictionary(items.filter { wanted.contains($0.0) }) { first, _ in first }
        }
        return result
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
        return try checked(reference, value)
    }

    private func checked(_ reference: ObjectReference, _ value: JSONValue) throws -> PresentObject {
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
