import JSON
import Model

/// Who owns an object, up to the one that nobody owns, and from there down everything that hangs on it.
struct OwnerTree {
    let client: KubernetesClient
    /// What the server has, to find the kind that an owner reference names.
    let kinds: [ResourceKind]
    private var nodes: [RelatedObjects.Node] = []
    private var notices: [String] = []
    /// Lists that were read once: a replica set's pods are those of its deployment.
    private var lists: [ResourceKind: [OwnedRow]] = [:]

    private static let mostGenerations = 8
    /// A tree is for reading; what is more stands as a number.
    private static let mostChildren = 200

    init(client: KubernetesClient, kinds: [ResourceKind]) {
        self.client = client
        self.kinds = kinds
    }

    static func read(
        of object: ObjectReference, kinds: [ResourceKind], client: KubernetesClient
    ) async throws -> RelatedObjects {
        var tree = OwnerTree(client: client, kinds: kinds)
        let root = try await tree.root(above: object)
        let first = try await tree.node(of: root)
        tree.nodes.append(first)
        try await tree.descend(from: first.object, depth: 1)
        return RelatedObjects(nodes: tree.nodes, notices: tree.notices)
    }

    /// Climbs by controlling owners; stops where one is gone or may not be read, and says so.
    private mutating func root(above object: ObjectReference) async throws -> ObjectReference {
        var present = object
        for _ in 0..<Self.mostGenerations {
            let owner: ObjectReference?
            do {
                owner = Owner.reference(in: try await client.rawObject(present), of: present, kinds: kinds)
            } catch let error as KubernetesError where present != object {
                notices.append("above: \(error.message)")
                return present
            }
            guard let owner else { return present }
            present = owner
        }
        return present
    }

    private func node(of object: ObjectReference) async throws -> RelatedObjects.Node {
        let query = TableQuery(
            environment: object.environment, kind: object.kind,
            scope: NamespaceScope([object.namespace].compactMap { $0 }),
            fieldSelector: "metadata.name=\(FieldSelector.escaped(object.name))")
        let (columns, rows) = try await client.page(query, limit: 1)
        guard let row = rows.first else { return RelatedObjects.Node(object, words: "gone", tone: .warning) }
        return OwnedRow(row, columns, query).node(depth: 0)
    }

    private mutating func descend(from owner: ObjectReference, depth: Int) async throws {
        guard depth < Self.mostGenerations else { return }
        for kind in Self.children(of: owner.kind) {
            let all = try await rows(of: kind, beside: owner).filter { $0.ownerUID == owner.uid && !owner.uid.isEmpty }
            let living = all.filter { !$0.isSpent }
            for row in living.prefix(Self.mostChildren) {
                let node = row.node(depth: depth)
                nodes.append(node)
                try await descend(from: node.object, depth: depth + 1)
            }
            note(kind, more: living.count - Self.mostChildren, spent: all.count - living.count, of: owner)
        }
    }

    private mutating func note(_ kind: ResourceKind, more: Int, spent: Int, of owner: ObjectReference) {
        if more > 0 { notices.append("\(more) more \(kind.plural) of \(owner.name) are not shown") }
        if spent > 0 { notices.append("\(spent) former \(kind.plural) of \(owner.name) with nothing in them") }
    }

    private mutating func rows(of kind: ResourceKind, beside owner: ObjectReference) async throws -> [OwnedRow] {
        if let known = lists[kind] { return known }
        let query = TableQuery(
            environment: owner.environment, kind: kind, scope: NamespaceScope([owner.namespace].compactMap { $0 }))
        do {
            let (columns, rows, _) = try await client.list(query)
            let owned = rows.filter { $0.owner != nil }.map { OwnedRow($0, columns, query) }
            lists[kind] = owned
            return owned
        } catch let error as KubernetesError {
            notices.append(error.message)
            lists[kind] = []
            return []
        }
    }

    /// What objects of a kind own; of a kind nobody here knows, whatever usually has owners.
    private static func children(of kind: ResourceKind) -> [ResourceKind] {
        switch kind.qualifiedName {
        case "deployments.apps": [.replicaSets]
        case "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "replicationcontrollers": [.pods]
        case "cronjobs.batch": [.jobs]
        case "pods", "nodes", "namespaces", "configmaps", "secrets", "events", "persistentvolumeclaims": []
        case "services": [endpointSlices]
        default:
            kind.isNamespaced ? [.deployments, .statefulSets, .daemonSets, .jobs, .cronJobs, .pods, .services] : []
        }
    }

    private static let endpointSlices = ResourceKind(
        group: "discovery.k8s.io", version: "v1", plural: "endpointslices", kind: "EndpointSlice")
}

/// The owner that an object names.
enum Owner {
    /// The controlling one, else the first; nil without owners, or where the server has no such kind.
    static func reference(in object: JSONValue, of child: ObjectReference, kinds: [ResourceKind]) -> ObjectReference? {
        let owners = object.list("metadata", "ownerReferences")
        guard let owner = owners.first(where: { $0.flag("controller") }) ?? owners.first else { return nil }
        let kind = kinds.first { $0.kind == owner.text("kind") && $0.apiVersion == owner.text("apiVersion") }
        guard let kind = kind ?? ResourceKind.workloads.first(where: { $0.kind == owner.text("kind") }) else {
            return nil
        }
        return ObjectReference(
            environment: child.environment, kind: kind, namespace: kind.isNamespaced ? child.namespace : nil,
            name: owner.text("name"), uid: owner.text("uid"))
    }
}
