/// A JSON patch (RFC 6902): operations done one after the other, all or none.
struct JSONPatch: Sendable {
    /// Why a patch cannot be done: a path that leads nowhere, or a test that failed.
    struct Refusal: Error, Equatable { var message: String }

    private struct Operation: Sendable {
        var name: String
        var path: [String]
        var from: [String]
        var value: SimJSON?
    }

    private let operations: [Operation]

    /// nil where the tree is no list of operations.
    init?(_ json: SimJSON) {
        guard let items = json.arrayValue else { return nil }
        var operations: [Operation] = []
        for item in items {
            guard let name = item["op"].stringValue, let path = item["path"].stringValue.flatMap(Self.pointer),
                let from = Self.pointer(item["from"].stringValue ?? "")
            else { return nil }
            operations.append(Operation(name: name, path: path, from: from, value: item.objectValue?["value"]))
        }
        self.operations = operations
    }

    func applied(to document: SimJSON) throws(Refusal) -> SimJSON {
        var document = document
        for operation in operations { try Self.apply(operation, to: &document) }
        return document
    }

    private static func apply(_ operation: Operation, to document: inout SimJSON) throws(Refusal) {
        let path = operation.path[...]
        switch operation.name {
        case "test":
            guard (value(document, path) ?? .null) == (operation.value ?? .null) else {
                throw Refusal(message: "testing value /\(operation.path.joined(separator: "/")) failed: test failed")
            }
        case "add": try change(&document, path, .add(operation.value ?? .null))
        case "replace": try change(&document, path, .replace(operation.value ?? .null))
        case "remove": try change(&document, path, .remove)
        case "move", "copy":
            guard let moved = value(document, operation.from[...]) else { throw missing(operation.from[...]) }
            if operation.name == "move" { try change(&document, operation.from[...], .remove) }
            try change(&document, path, .add(moved))
        default: throw Refusal(message: "unexpected kind: \(operation.name)")
        }
    }

    private enum Change {
        case add(SimJSON), replace(SimJSON), remove
    }

    private static func change(_ node: inout SimJSON, _ path: ArraySlice<String>, _ change: Change) throws(Refusal) {
        guard let key = path.first else {
            switch change {
            case .add(let value), .replace(let value): node = value
            case .remove: node = .null
            }
            return
        }
        guard path.count > 1 else { return try self.change(&node, last: key, path, change) }
        switch node {
        case .object(let object):
            guard var child = object[key] else { throw missing(path) }
            try self.change(&child, path.dropFirst(), change)
            node[key] = child
        case .array(let items):
            guard let index = Int(key), items.indices.contains(index) else { throw missing(path) }
            var child = items[index]
            try self.change(&child, path.dropFirst(), change)
            node[index] = child
        default: throw missing(path)
        }
    }

    private static func change(
        _ node: inout SimJSON, last key: String, _ path: ArraySlice<String>, _ change: Change
    ) throws(Refusal) {
        switch (node, change) {
        case (.object(var object), .add(let value)):
            object[key] = value
            node = .object(object)
        case (.object(var object), .replace(let value)):
            guard object[key] != nil else { throw missing(path) }
            object[key] = value
            node = .object(object)
        case (.object(var object), .remove):
            guard object[key] != nil else { throw missing(path) }
            object[key] = nil
            node = .object(object)
        case (.array(var items), .add(let value)):
            guard let index = key == "-" ? items.count : Int(key), (0...items.count).contains(index) else {
                throw missing(path)
            }
            items.insert(value, at: index)
            node = .array(items)
        case (.array(var items), .replace(let value)):
            guard let index = Int(key), items.indices.contains(index) else { throw missing(path) }
            items[index] = value
            node = .array(items)
        case (.array(var items), .remove):
            guard let index = Int(key), items.indices.contains(index) else { throw missing(path) }
            items.remove(at: index)
            node = .array(items)
        default: throw missing(path)
        }
    }

    private static func value(_ node: SimJSON, _ path: ArraySlice<String>) -> SimJSON? {
        guard let key = path.first else { return node }
        switch node {
        case .object(let object): return object[key].flatMap { value($0, path.dropFirst()) }
        case .array(let items):
            guard let index = Int(key), items.indices.contains(index) else { return nil }
            return value(items[index], path.dropFirst())
        default: return nil
        }
    }

    private static func missing(_ path: ArraySlice<String>) -> Refusal {
        Refusal(message: "doc is missing path: /\(path.joined(separator: "/")): missing value")
    }

    /// The parts of a JSON pointer (RFC 6901); the empty pointer is the document.
    private static func pointer(_ text: String) -> [String]? {
        guard !text.isEmpty else { return [] }
        guard text.hasPrefix("/") else { return nil }
        return text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
            String($0).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }
}
