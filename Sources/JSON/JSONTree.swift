/// JSON that can be changed and compared: for merging objects. A document that is only read stays a `JSONValue`.
///
/// The order of members is not kept; numbers keep their text.
public indirect enum JSONTree: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONTree])
    case object([String: JSONTree])

    public init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool ?? false)
        case .number: self = .number(value.scalarText ?? "0")
        case .string: self = .string(value.string ?? "")
        case .array: self = .array(value.elements.map(JSONTree.init))
        case .object: self = .object(Dictionary(value.members.map { ($0.key, JSONTree($0.value)) }) { $1 })
        }
    }

    /// The same for a request's body, keys in the order of the alphabet.
    public var literal: JSONLiteral {
        switch self {
        case .null: .null
        case .bool(let bool): .bool(bool)
        case .number(let text): Int(text).map { .integer($0) } ?? .double(Double(text) ?? 0)
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map(\.literal))
        case .object(let members): .object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.literal) })
        }
    }

    public var members: [String: JSONTree]? { if case .object(let members) = self { members } else { nil } }
    public var elements: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
    public var string: String? { if case .string(let text) = self { text } else { nil } }

    /// A member of an object; setting nil takes it away. Setting one of what is no object makes it one.
    public subscript(key: String) -> JSONTree? {
        get { members?[key] }
        set {
            var members = members ?? [:]
            members[key] = newValue
            self = .object(members)
        }
    }

    /// The value at the end of a path of keys; setting makes the objects on the way, setting nil makes nothing.
    public subscript(path keys: [String]) -> JSONTree? {
        get { keys.reduce(Optional(self)) { $0?[$1] } }
        set {
            guard let first = keys.first else {
                if let newValue { self = newValue }
                return
            }
            if keys.count == 1 { return self[first] = newValue }
            guard self[first] != nil || newValue != nil else { return }
            var inner = self[first] ?? .object([:])
            inner[path: Array(keys.dropFirst())] = newValue
            self[first] = inner
        }
    }
}
