/// A JSON value whose objects keep the order of their keys, for everything the simulated servers store and send.
///
/// Copies are cheap: arrays and objects share storage until one of them is changed, so that a thousand pods of one
/// template hold that template once.
public enum SimJSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case int(Int)
    case double(Double)
    case string(String)
    case array([SimJSON])
    case object(SimObject)

    /// The empty object `{}`.
    public static let emptyObject = SimJSON.object(SimObject())

    /// The member of an object, or null where there is none; setting null removes the member.
    ///
    /// Setting a member of anything but an object replaces the value by an object that has this one member.
    public subscript(key: String) -> SimJSON {
        get { objectValue?[key] ?? .null }
        set {
            var object: SimObject
            if case .object(let present) = self { object = present } else { object = SimObject() }
            self = .null  // Gives up the reference, so that the change below does not copy the storage.
            object[key] = newValue == .null ? nil : newValue
            self = .object(object)
        }
    }

    /// The element of an array, or null outside of it; setting outside of it changes nothing.
    public subscript(index: Int) -> SimJSON {
        get {
            guard case .array(let items) = self, items.indices.contains(index) else { return .null }
            return items[index]
        }
        set {
            guard case .array(var items) = self, items.indices.contains(index) else { return }
            self = .null
            items[index] = newValue
            self = .array(items)
        }
    }

    public var stringValue: String? { if case .string(let value) = self { value } else { nil } }
    public var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }
    public var arrayValue: [SimJSON]? { if case .array(let value) = self { value } else { nil } }
    public var objectValue: SimObject? { if case .object(let value) = self { value } else { nil } }

    /// The number as an integer; a double counts when it is whole.
    public var intValue: Int? {
        switch self {
        case .int(let value): value
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    public var doubleValue: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    public var isNull: Bool { self == .null }

    /// The elements of an array; none for any other value.
    public var items: [SimJSON] { arrayValue ?? [] }

    /// The members of an object in their order; none for any other value.
    public var members: [SimObject.Member] { objectValue?.members ?? [] }

    /// The value at a path of member names, or null.
    public func at(_ path: String...) -> SimJSON {
        path.reduce(self) { $0[$1] }
    }
}

extension SimJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringInterpolation, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(arrayLiteral elements: SimJSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, SimJSON)...) { self = .object(SimObject(elements)) }
}

extension SimJSON {
    /// The string as a value, null for nil: for building objects with absent members.
    public init(_ value: String?) { self = value.map { .string($0) } ?? .null }
    /// The number as a value, null for nil.
    public init(_ value: Int?) { self = value.map { .int($0) } ?? .null }
    /// An object of strings (labels, annotations), its keys sorted as a Kubernetes server sends them.
    public init(sorted strings: [String: String]) {
        self = .object(SimObject(strings.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
    }

    /// The value without the members that are null, at this level only.
    public var withoutNulls: SimJSON {
        guard case .object(let object) = self else { return self }
        return .object(SimObject(object.members.filter { $0.value != .null }.map { ($0.key, $0.value) }))
    }
}
