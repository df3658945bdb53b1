import JSON

/// Joins two persons' changes of one object: what only one of them changed is taken, what both changed differently is a
/// conflict, in which `mine` stands until somebody decides.
struct ThreeWayMerge: Sendable {
    struct Conflict: Sendable, Equatable {
        /// "spec.template.spec.containers[name=app].image".
        var field: String
        var base: JSONTree?
        var mine: JSONTree?
        var theirs: JSONTree?
    }

    private(set) var merged: JSONTree
    private(set) var conflicts: [Conflict] = []

    init(base: JSONTree, mine: JSONTree, theirs: JSONTree) {
        merged = theirs
        merged = merge(base, mine, theirs, "") ?? .null
    }

    private mutating func merge(
        _ base: JSONTree?, _ mine: JSONTree?, _ theirs: JSONTree?, _ path: String
    ) -> JSONTree? {
        if mine == theirs || theirs == base { return mine }
        if mine == base { return theirs }
        if let mine = mine?.members, let theirs = theirs?.members {
            return .object(members(base?.members ?? [:], mine, theirs, path))
        }
        if let mine = Self.byName(mine), let theirs = Self.byName(theirs), let base = Self.byName(base ?? .array([])) {
            return list(base, mine, theirs, path)
        }
        conflicts.append(Conflict(field: path, base: base, mine: mine, theirs: theirs))
        return mine
    }

    private mutating func members(
        _ base: [String: JSONTree], _ mine: [String: JSONTree], _ theirs: [String: JSONTree], _ path: String
    ) -> [String: JSONTree] {
        var result: [String: JSONTree] = [:]
        for key in Set(mine.keys).union(theirs.keys).sorted() {
            result[key] = merge(base[key], mine[key], theirs[key], path.isEmpty ? key : "\(path).\(key)")
        }
        return result
    }

    private typealias Named = [(name: String, value: JSONTree)]

    /// In the order of theirs, what is only mine behind it.
    private mutating func list(_ base: Named, _ mine: Named, _ theirs: Named, _ path: String) -> JSONTree {
        func value(_ list: Named, _ name: String) -> JSONTree? { list.first { $0.name == name }?.value }
        let names = theirs.map(\.name) + mine.map(\.name).filter { name in !theirs.contains { $0.name == name } }
        var elements: [JSONTree] = []
        for name in names {
            let place = "\(path)[name=\(name)]"
            if let element = merge(value(base, name), value(mine, name), value(theirs, name), place) {
                elements.append(element)
            }
        }
        return .array(elements)
    }

    /// The elements of a list that are told apart by their names (containers, variables, volumes); nil for other lists.
    private static func byName(_ tree: JSONTree?) -> Named? {
        guard let elements = tree?.elements else { return nil }
        var result: Named = []
        for element in elements {
            guard let name = element["name"]?.string, !result.contains(where: { $0.name == name }) else { return nil }
            result.append((name, element))
        }
        return result
    }
}
