/// A set of fields of an object, in the notation of `FieldsV1`: `f:name` a member, `k:{…}` an item of a keyed list,
/// `v:…` an item of a set. A tree: a node says whether it is in the set itself, and what below it is.
struct FieldSet: Sendable, Equatable {
    var isMember = false
    var children: [String: FieldSet] = [:]

    init() {}

    /// Reads `fieldsV1`.
    init(_ json: SimJSON) {
        for member in json.members {
            guard member.key != "." else {
                isMember = true
                continue
            }
            var child = FieldSet(member.value)
            if member.value.isEmptyObject { child.isMember = true }
            children[member.key] = child
        }
    }

    var json: SimJSON {
        var members: [(String, SimJSON)] = isMember && !children.isEmpty ? [(".", .emptyObject)] : []
        members += children.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }
        return .object(SimObject(members))
    }

    var isEmpty: Bool { !isMember && children.values.allSatisfy(\.isEmpty) }

    func union(_ other: FieldSet) -> FieldSet {
        var set = self
        set.isMember = isMember || other.isMember
        for (name, child) in other.children { set.children[name] = set.children[name]?.union(child) ?? child }
        return set
    }

    func intersection(_ other: FieldSet) -> FieldSet {
        var set = FieldSet()
        set.isMember = isMember && other.isMember
        for (name, child) in children {
            guard let common = other.children[name].map(child.intersection), !common.isEmpty else { continue }
            set.children[name] = common
        }
        return set
    }

    /// The set without the other's members; what lies below them stays.
    func subtracting(_ other: FieldSet) -> FieldSet {
        var set = FieldSet()
        set.isMember = isMember && !other.isMember
        for (name, child) in children {
            let left = other.children[name].map(child.subtracting) ?? child
            if !left.isEmpty { set.children[name] = left }
        }
        return set
    }

    /// The set without what a path leads to, whatever lies below.
    func without(_ path: [String]) -> FieldSet {
        guard let first = path.first, var child = children[first] else { return self }
        var set = self
        if path.count == 1 {
            child = FieldSet()
        } else {
            child = child.without(Array(path.dropFirst()))
        }
        set.children[first] = child.isEmpty ? nil : child
        return set
    }

    /// The path of every member, in order: `.spec.containers[name="a"].image`.
    var paths: [String] { paths(after: "") }

    private func paths(after prefix: String) -> [String] {
        (isMember ? [prefix] : [])
            + children.sorted { $0.key < $1.key }.flatMap { $0.value.paths(after: prefix + Self.text($0.key)) }
    }

    private static func text(_ element: String) -> String {
        let rest = element.dropFirst(2)
        switch element.first {
        case "f": return ".\(rest)"
        case "k":
            // Made by ourselves or checked when it came in; what cannot be read is shown as it is.
            guard let key = try? SimJSON(parsing: rest.utf8) else { return "[\(rest)]" }
            return "[\(key.members.map { "\($0.key)=\($0.value.text)" }.joined(separator: ","))]"
        default: return "[=\(rest)]"
        }
    }
}
