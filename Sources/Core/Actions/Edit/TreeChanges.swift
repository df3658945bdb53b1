import JSON
import Model

/// What differs between two states of an object, field by field.
struct TreeChanges: Sendable {
    private static let most = 50
    private static let longest = 120

    private(set) var fields: [FieldChange] = []

    /// A secret's values are told as hidden.
    init(from before: JSONTree, to after: JSONTree, isSecret: Bool) {
        walk(before, after, "", isSecret)
    }

    private mutating func walk(_ before: JSONTree?, _ after: JSONTree?, _ path: String, _ isSecret: Bool) {
        guard before != after, fields.count < Self.most else { return }
        if let old = before?.members, let new = after?.members {
            for key in Set(old.keys).union(new.keys).sorted() {
                walk(old[key], new[key], path.isEmpty ? key : "\(path).\(key)", isSecret)
            }
        } else if let old = before?.elements, let new = after?.elements, old.count == new.count {
            for index in old.indices { walk(old[index], new[index], "\(path)[\(index)]", isSecret) }
        } else {
            let isHidden = isSecret && Self.holdsSecret(path)
            fields.append(
                FieldChange(path, Self.text(before, isHidden: isHidden), Self.text(after, isHidden: isHidden)))
        }
    }

    /// Data, and the copy of everything that kubectl apply keeps.
    private static func holdsSecret(_ path: String) -> Bool {
        path.hasPrefix("data") || path.hasPrefix("stringData") || path.hasPrefix("metadata.annotations")
    }

    private static func text(_ tree: JSONTree?, isHidden: Bool) -> String? {
        guard let tree else { return nil }
        if isHidden { return "(hidden)" }
        let text = tree.string ?? tree.literal.text
        return text.count > longest ? text.prefix(longest) + "…" : text
    }

    /// The merge patch (RFC 7386) that makes `after` of `before`; lists are replaced whole.
    static func mergePatch(from before: JSONTree, to after: JSONTree) -> JSONTree {
        guard let old = before.members, let new = after.members else { return after }
        var patch: [String: JSONTree] = [:]
        for key in Set(old.keys).union(new.keys) where old[key] != new[key] {
            guard let value = new[key] else {
                patch[key] = .null
                continue
            }
            patch[key] = old[key].map { mergePatch(from: $0, to: value) } ?? value
        }
        return .object(patch)
    }
}
