import JSON
import Yams

/// Helm's texts as a screen may show them: without what looks secret.
enum HiddenText {
    /// Values as YAML; scalars under keys that sound like secrets are replaced by their size.
    static func values(_ config: JSONValue?, revealing: Bool) -> String {
        guard let config, config.count > 0 else { return "" }
        var writer = YAMLWriter { path, value in
            guard !revealing, value.kind == .string, let key = path.last, soundsSecret(key) else { return .write }
            return .replace("hidden (\(value.string?.utf8.count ?? 0) bytes)")
        }
        return writer.text(config)
    }

    /// A manifest with the data of its secrets replaced by their sizes; all else stays as it was written.
    static func manifest(_ text: String, revealing: Bool) -> String {
        guard !revealing, text.contains("Secret") else { return text }
        return text.components(separatedBy: "\n---").map(document).joined(separator: "\n---")
    }

    private static func document(_ text: String) -> String {
        guard text.contains("Secret") else { return text }
        do {
            guard let node = try Yams.compose(yaml: text), node.mapping?["kind"]?.string == "Secret" else {
                return text
            }
            let head = text.hasPrefix("\n") ? "\n" : ""
            return head + (try Yams.serialize(node: hidden(node))).trimmingSuffix("\n")
        } catch {
            // What cannot be read cannot be known to hold no secret.
            return "\n# a document that cannot be read as YAML (\(text.utf8.count) bytes)"
        }
    }

    private static func hidden(_ secret: Node) -> Node {
        guard var mapping = secret.mapping else { return secret }
        for part in ["data", "stringData"] {
            guard let values = mapping[Node(part)]?.mapping else { continue }
            let pairs = values.map { key, value in (key, Node("hidden (\(value.scalar?.string.utf8.count ?? 0) bytes)"))
            }
            mapping[Node(part)] = Node.mapping(Node.Mapping(pairs))
        }
        return Node.mapping(mapping)
    }

    private static let words = [
        "password", "passwd", "secret", "token", "apikey", "api_key", "privatekey", "credential",
    ]

    private static func soundsSecret(_ key: String) -> Bool {
        let key = key.lowercased()
        return words.contains { key.contains($0) }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
