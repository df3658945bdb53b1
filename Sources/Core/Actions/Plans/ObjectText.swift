import Backends
import JSON

/// Objects as text for differences: what the server only keeps books of is left out, secrets' values are sizes.
enum ObjectText {
    static func yaml(_ value: JSONValue?) -> String { value.map { KubernetesClient.plainYAML($0) } ?? "" }

    /// The object without what changes by itself.
    static func comparable(_ value: JSONValue) -> String {
        var tree = JSONTree(value)
        tree["status"] = nil
        for field in ["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp"] {
            tree[path: ["metadata", field]] = nil
        }
        // What was parsed once can be parsed again.
        return (try? JSONValue.parse(tree.literal.bytes)).map { yaml($0) } ?? ""
    }
}
