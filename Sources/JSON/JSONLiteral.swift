/// JSON that is written down in code, for request bodies: `["limit": 500, "names": [name]]`, then `.bytes`.
///
/// Members keep their order. Foreign text is escaped as it is written, so it cannot break out of its string.
public indirect enum JSONLiteral: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case string(String)
    case array([JSONLiteral])
    case object([(key: String, value: JSONLiteral)])
    /// A part of a parsed document, as it is.
    case value(JSONValue)

    public var bytes: [UInt8] {
        var out: [UInt8] = []
        append(to: &out)
        return out
    }

    /// The same as text.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    private func append(to out: inout [UInt8]) {
        switch self {
        case .null: out.append(contentsOf: "null".utf8)
        case .bool(let bool): out.append(contentsOf: (bool ? "true" : "false").utf8)
        case .integer(let integer): out.append(contentsOf: String(integer).utf8)
        case .double(let double): JSONText.append(double: double, to: &out)
        case .string(let string): JSONText.append(string: string, to: &out)
        case .value(let value): out.append(contentsOf: value.serialized())
        case .array(let elements): Self.append(elements, to: &out)
        case .object(let members): Self.append(members, to: &out)
        }
    }

    private static func append(_ elements: [JSONLiteral], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "["))
        for (position, element) in elements.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            element.append(to: &out)
        }
        out.append(UInt8(ascii: "]"))
    }

    private static func append(_ members: [(key: String, value: JSONLiteral)], to out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        for (position, member) in members.enumerated() {
            if position > 0 { out.append(UInt8(ascii: ",")) }
            JSONText.append(string: member.key, to: &out)
            out.append(UInt8(ascii: ":"))
            member.value.append(to: &out)
        }
        out.append(UInt8(ascii: "}"))
    }
}

extension JSONLiteral: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringInterpolation,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
    public init(dictionaryLiteral members: (String, JSONLiteral)...) {
        self = .object(members.map { (key: $0.0, value: $0.1) })
    }
    public init(arrayLiteral elements: JSONLiteral...) { self = .array(elements) }
    public init(stringLiteral string: String) { self = .string(string) }
    public init(integerLiteral integer: Int) { self = .integer(integer) }
    public init(floatLiteral double: Double) { self = .double(double) }
    public init(booleanLiteral bool: Bool) { self = .bool(bool) }
    public init(nilLiteral: ()) { self = .null }
}
