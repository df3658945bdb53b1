import Synchronization

/// One version of one object; it never changes, so what was encoded of it can be kept and sent to everybody.
final class StoredObject: Sendable {
    let key: ObjectKey
    let revision: Int
    /// The whole object without `kind` and `apiVersion`, which depend on the version a client asks in.
    let json: SimJSON
    private let encoded = Mutex<[EncodedForm: [UInt8]]>([:])

    init(key: ObjectKey, revision: Int, json: SimJSON) {
        self.key = key
        self.revision = revision
        self.json = json
    }

    var labels: SimJSON { json["metadata"]["labels"] }
    var uid: String { json["metadata"]["uid"].stringValue ?? "" }
    var isTerminating: Bool { !json["metadata"]["deletionTimestamp"].isNull }

    /// What was encoded before in this form, or what `make` gives now.
    func bytes(_ form: EncodedForm, make: () -> [UInt8]) -> [UInt8] {
        if let known = encoded.withLock({ $0[form] }) { return known }
        let made = make()
        encoded.withLock { $0[form] = made }
        return made
    }

    /// Lets go of what was encoded, when few will ask for this version again.
    func forgetBytes() { encoded.withLock { $0.removeAll() } }
}

/// In which form bytes of an object are kept.
enum EncodedForm: Hashable, Sendable {
    /// `PartialObjectMetadata`, as in table rows and metadata lists.
    case metadata
    /// `managedFields` with the comma before it, in a version of the API.
    case owners(String)
    /// What follows `"object":` in a watch event of this representation.
    case event(Representation, version: String)
}
