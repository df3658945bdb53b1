/// Who owns whom: the children of each owner by its uid, kept up to date from the store's changes.
struct OwnerIndex: Sendable {
    struct Child: Hashable, Sendable {
        var resource: String
        var key: ObjectKey
    }

    private var children: [String: Set<Child>] = [:]
    private var owners: [Child: String] = [:]

    /// The children of an owner, by name.
    func children(of uid: String, _ resource: String) -> [ObjectKey] {
        (children[uid] ?? []).filter { $0.resource == resource }.map(\.key).sorted()
    }

    /// Every child of an owner.
    func children(of uid: String) -> [Child] {
        (children[uid] ?? []).sorted { ($0.resource, $0.key) < ($1.resource, $1.key) }
    }

    /// Takes note of an object's owner, or (nil) that it is gone; says whose child it was.
    @discardableResult
    mutating func note(_ resource: String, _ key: ObjectKey, _ object: SimJSON?) -> String? {
        let child = Child(resource: resource, key: key)
        let owner = object?["metadata"]["ownerReferences"].items
            .first { $0["controller"].boolValue == true }?["uid"].stringValue
        let before = owners[child]
        guard owner != before else { return before }
        if let before {
            children[before]?.remove(child)
            if children[before]?.isEmpty == true { children[before] = nil }
        }
        owners[child] = owner
        if let owner { children[owner, default: []].insert(child) }
        return before
    }
}
