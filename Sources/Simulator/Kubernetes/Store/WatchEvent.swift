/// One change of one object, as the store remembers it for watches.
struct WatchEvent: Sendable {
    enum Kind: String, Sendable {
        case added = "ADDED"
        case modified = "MODIFIED"
        case deleted = "DELETED"
    }

    var kind: Kind
    /// The object after the change; for a deletion its last state with the revision of the deletion.
    var object: StoredObject
    /// The object before the change.
    var previous: StoredObject?
}
