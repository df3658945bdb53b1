import JSON
import Model
import Yams

/// One document of a manifest: what a person wrote as YAML or JSON, read as the API server reads it.
public struct Manifest: Sendable {
    public var object: JSONTree
    /// Where it begins, counted from 1.
    public var line: Int
    /// The lines of its fields by their path: "spec.template.spec.containers[0].image".
    let lines: [String: Int]

    /// Why a text is no manifest.
    public struct Fault: Error, Sendable, Equatable {
        public var line: Int
        public var words: String
        public init(line: Int, words: String) {
            self.line = line
            self.words = words
        }
        public var message: String { line > 0 ? "line \(line): \(words)" : words }
    }

    /// More is no manifest, but a bomb of aliases.
    private static let mostNodes = 1_000_000

    /// All documents of a text; empty ones are passed over.
    public static func documents(_ text: String) throws(Fault) -> [Manifest] {
        do {
            var documents: [Manifest] = []
            // The basic resolver leaves words as they are written: what they mean is decided here, as Kubernetes does.
            var nodes = try Yams.compose_all(yaml: text, .basic)
            while let node = nodes.next() {
                if case .scalar(let scalar) = node, scalar.string.isEmpty || scalar.string == "null" { continue }
                documents.append(try Manifest(node))
            }
            // The sequence ends at a mistake as it does at the end of the text.
            if let error = nodes.error { throw error }
            return documents
        } catch let fault as Fault {
            throw fault
        } catch let error as YamlError {
            throw Fault(error)
        } catch {
            throw Fault(line: 0, words: "not YAML: \(error)")
        }
    }

    private init(_ node: Node) throws(Fault) {
        var reading = Reading()
        object = try reading.tree(node, "")
        lines = reading.lines
        line = node.mark?.line ?? 1
    }

    /// The line of a field as a server names it; of the nearest one above where it has none of its own.
    public func line(of field: String) -> Int {
        var path = field[...]
        while true {
            if let line = lines[String(path)] { return line }
            guard let end = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return line }
            path = path[..<end]
        }
    }

    private struct Reading {
        var lines: [String: Int] = [:]
        var count = 0

        mutating func tree(_ node: Node, _ path: String) throws(Fault) -> JSONTree {
            count += 1
            guard count <= Manifest.mostNodes else { throw Fault(line: 0, words: "it is far too large") }
            if let line = node.mark?.line, lines[path] == nil { lines[path] = line }
            switch node {
            case .scalar(let scalar):
                return scalar.style == .plain ? YAMLMeaning.value(of: scalar.string) : .string(scalar.string)
            case .sequence(let sequence):
                var elements: [JSONTree] = []
                for (index, element) in sequence.enumerated() {
                    elements.append(try tree(element, "\(path)[\(index)]"))
                }
                return .array(elements)
            case .mapping(let mapping): return .object(try members(mapping, path))
            case .alias: throw Fault(line: node.mark?.line ?? 0, words: "an alias without its anchor")
            }
        }

        private mutating func members(_ mapping: Node.Mapping, _ path: String) throws(Fault) -> [String: JSONTree] {
            var members: [String: JSONTree] = [:]
            var merged: [String: JSONTree] = [:]
            for (key, value) in mapping {
                guard case .scalar(let name) = key else {
                    throw Fault(line: key.mark?.line ?? 0, words: "a key must be a plain word")
                }
                if name.string == "<<", name.style == .plain {
                    merged.merge(try bases(value, path)) { first, _ in first }
                    continue
                }
                let inner = path.isEmpty ? name.string : "\(path).\(name.string)"
                if let line = key.mark?.line { lines[inner] = line }
                members[name.string] = try tree(value, inner)
            }
            return members.merging(merged) { own, _ in own }
        }

        /// What `<<` brings in: one mapping, or several of which the first wins.
        private mutating func bases(_ node: Node, _ path: String) throws(Fault) -> [String: JSONTree] {
            let nodes = node.sequence.map { Array($0) } ?? [node]
            var result: [String: JSONTree] = [:]
            for base in nodes {
                guard case .object(let members) = try tree(base, path) else {
                    throw Fault(line: base.mark?.line ?? 0, words: "<< needs a mapping")
                }
                result.merge(members) { first, _ in first }
            }
            return result
        }
    }
}

extension Manifest.Fault {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(line: mark.line, words: "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map { "\"\($0)\"" }.joined(separator: ", ")
            self.init(line: context.mark.line, words: "\(keys) stands more than once in the mapping that begins here")
        case .reader(let problem, _, _, _): self.init(line: 0, words: "not YAML: \(problem)")
        default: self.init(line: 0, words: "not YAML")
        }
    }
}
