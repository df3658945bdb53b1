/// Where an object lies within its resource: its namespace (empty for cluster-wide ones) and its name.
struct ObjectKey: Hashable, Comparable, Sendable {
    var namespace: String
    var name: String

    init(_ namespace: String, _ name: String) {
        self.namespace = namespace
        self.name = name
    }

    init(_ json: SimJSON) {
        let metadata = json["metadata"]
        self.init(metadata["namespace"].stringValue ?? "", metadata["name"].stringValue ?? "")
    }

    static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.namespace == right.namespace ? left.name < right.name : left.namespace < right.namespace
    }
}
