/// One resource of the API in one version: what discovery says of it and where the store keeps it.
struct APIResource: Sendable, Equatable {
    struct Subresource: Sendable, Equatable {
        var name: String
        /// `group/version` of its kind where that is another than the resource's own.
        var groupVersion: String = ""
        var kind: String
        var verbs: [String]
    }

    var group: String
    var version: String
    var plural: String
    var singular: String
    var kind: String
    var isNamespaced: Bool
    var shortNames: [String] = []
    var categories: [String] = []
    var verbs: [String] = standardVerbs
    var subresources: [Subresource] = []
    var scalePaths = ScalePaths()
    /// The store's name of it; two versions, or the two groups of events, share one.
    var storage: String

    init(
        _ group: String, _ version: String, _ plural: String, _ singular: String, _ kind: String,
        namespaced: Bool = true, short: [String] = [], categories: [String] = [], verbs: [String] = standardVerbs,
        subresources: [Subresource] = [], storage: String? = nil
    ) {
        self.group = group
        self.version = version
        self.plural = plural
        self.singular = singular
        self.kind = kind
        isNamespaced = namespaced
        shortNames = short
        self.categories = categories
        self.verbs = verbs
        self.subresources = subresources
        self.storage = storage ?? (group.isEmpty ? plural : "\(plural).\(group)")
    }

    static let standardVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
    static let customVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]

    /// `v1`, `apps/v1`.
    var groupVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// `pods`, `deployments.apps`, as error messages name it.
    var qualifiedName: String { group.isEmpty ? plural : "\(plural).\(group)" }

    func allows(_ verb: String) -> Bool { verbs.contains(verb) }
}

extension APIResource.Subresource {
    static let eviction = Self(name: "eviction", groupVersion: "policy/v1", kind: "Eviction", verbs: ["create"])

    static func status(_ kind: String) -> Self { Self(name: "status", kind: kind, verbs: ["get", "patch", "update"]) }

    /// One that leaves HTTP.
    static func stream(_ name: String, _ kind: String) -> Self {
        Self(name: name, kind: kind, verbs: ["create", "get"])
    }

    static let scale = Self(
        name: "scale", groupVersion: "autoscaling/v1", kind: "Scale", verbs: ["get", "patch", "update"])
}
