/// What fields objects have and how lists and maps in them are merged: for reading protobuf, refusing unknown fields,
/// merging patches, and telling which manager owns what.
struct FieldSchema: Sendable {
    /// The shape of a value.
    indirect enum Shape: Sendable, Equatable {
        case string, bool, int, number, time, microTime, duration, quantity, intOrString, bytes
        /// No more is known: maps are merged, lists are one value.
        case anything
        case structure(String)
        case list(Shape, Listing)
        case map(Shape)
    }

    /// What tells the items of a list apart.
    enum Listing: Sendable, Equatable {
        case atomic, set
        case keyed([String])
    }

    /// One field of a structure.
    struct Field: Sendable, Equatable {
        var name: String
        /// Its number in protobuf; 0 is none.
        var number: Int
        var shape: Shape
        /// Its fields stand in the structure around it.
        var isInline = false
        /// Zero and empty are told apart from absent.
        var keepsZero = false
        /// Present in every object of Go's, however empty.
        var isAlways = false
        /// A map or structure that is replaced as a whole.
        var isAtomic = false
        /// How a strategic patch merges the list: by this member of its items, as a set where it is empty.
        var mergeKey: String?
        /// A strategic patch drops what it does not name.
        var retainsKeys = false
    }

    /// The fields of a structure.
    struct Structure: Sendable, Equatable {
        var isAtomic = false
        var fields: [Field] = []
    }

    private(set) var structures: [String: Structure]
    /// Fields by structure and name, those of inline structures included.
    private var fields: [String: [String: Field]] = [:]

    init(_ structures: [String: Structure]) {
        self.structures = structures
        for name in structures.keys { fields[name] = flattened(name) }
    }

    /// The kinds that every cluster has.
    static let builtIn = FieldSchema(FieldSchemaParser.structures(of: table))

    func field(_ name: String, of structure: String) -> Field? { fields[structure]?[name] }

    private func flattened(_ name: String) -> [String: Field] {
        var all: [String: Field] = [:]
        for field in structures[name]?.fields ?? [] {
            if field.isInline, case .structure(let inner) = field.shape {
                all.merge(flattened(inner)) { first, _ in first }
            } else {
                all[field.name] = field
            }
        }
        return all
    }

    /// The structure of a resource's objects in the table; nil where there is none.
    static func name(of resource: APIResource) -> String? {
        let name =
            switch (resource.group, resource.version) {
            case ("events.k8s.io", _): "events.\(resource.kind)"
            case ("autoscaling", "v1"): "autoscaling1.\(resource.kind)"
            default: resource.kind
            }
        return builtIn.structures[name] == nil || resource.isCustom ? nil : name
    }
}

/// Reads the table's notation.
enum FieldSchemaParser {
    static func structures(of table: String) -> [String: FieldSchema.Structure] {
        var structures: [String: FieldSchema.Structure] = [:]
        var current = ""
        for line in table.split(separator: "\n") {
            var words = line.split(separator: " ")
            if !line.hasPrefix(" ") {
                let name = words.removeFirst()
                current = String(name.prefix { $0 != "!" })
                structures[current] = FieldSchema.Structure(isAtomic: name.hasSuffix("!"))
            }
            structures[current]?.fields += words.map(field)
        }
        return structures
    }

    private static func field(_ word: Substring) -> FieldSchema.Field {
        let parts = word.split(separator: "=", maxSplits: 1)
        let (number, rest) = (parts[1].prefix { $0.isNumber }, parts[1].drop { $0 != ":" }.dropFirst())
        var marks = rest[rest.endIndex...]
        var shape = shape(rest, &marks)
        var field = FieldSchema.Field(name: String(parts[0]), number: Int(number) ?? 0, shape: shape)
        field.isInline = parts[0] == "+"
        while let mark = marks.popFirst() {
            switch mark {
            case "?": field.keepsZero = true
            case "*": field.isAlways = true
            case "!": field.isAtomic = true
            case "$": field.retainsKeys = true
            case "%": if case .list(let item, _) = shape { shape = .list(item, .set) }
            case "{":
                let keys = marks.prefix { $0 != "}" }.split(separator: ",").map(String.init)
                marks = marks.drop { $0 != "}" }.dropFirst()
                if case .list(let item, _) = shape { shape = .list(item, .keyed(keys)) }
            case "^":
                let key = marks.prefix { $0.isLetter }
                field.mergeKey = String(key)
                marks = marks.dropFirst(key.count)
            default: preconditionFailure("the schema's table has an unknown mark in \(word)")
            }
        }
        field.shape = shape
        return field
    }

    private static func shape(_ text: Substring, _ rest: inout Substring) -> FieldSchema.Shape {
        switch text.first {
        case "[":
            let item = shape(text.dropFirst(), &rest)
            rest = rest.dropFirst()
            return .list(item, .atomic)
        case "<":
            let value = shape(text.dropFirst(), &rest)
            rest = rest.dropFirst()
            return .map(value)
        default:
            let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "." }
            rest = text.dropFirst(name.count)
            return leaves[name] ?? .structure(String(name))
        }
    }

    private static let leaves: [Substring: FieldSchema.Shape] = [
        "s": .string, "b": .bool, "i": .int, "n": .number, "t": .time, "u": .microTime, "d": .duration, "q": .quantity,
        "o": .intOrString, "y": .bytes, "r": .anything,
    ]
}
