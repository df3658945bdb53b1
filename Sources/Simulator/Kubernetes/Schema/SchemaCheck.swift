/// Reads an object against its schema: drops fields that nobody knows and says which, and finds values of a wrong type.
struct SchemaCheck {
    /// The paths of unknown fields, in the order of the text.
    private(set) var unknown: [String] = []
    /// What Go's decoder says of the first value of a wrong type.
    private(set) var mismatch: String?
    private let schema = FieldSchema.builtIn

    /// The object with known fields alone.
    mutating func known(_ json: SimJSON, _ structure: String) -> SimJSON {
        self.structure(json, structure, path: "")
    }

    private mutating func structure(_ json: SimJSON, _ name: String, path: String) -> SimJSON {
        guard case .object(let object) = json else { return json }
        var members: [(String, SimJSON)] = []
        for member in object.members {
            let place = path.isEmpty ? member.key : "\(path).\(member.key)"
            if ["kind", "apiVersion"].contains(member.key), schema.field("metadata", of: name) != nil {
                members.append((member.key, member.value))
                continue
            }
            guard let field = schema.field(member.key, of: name) else {
                unknown.append(place)
                continue
            }
            if !member.value.isNull, !Self.fits(member.value, field.shape), mismatch == nil {
                let go = name.split(separator: ".").last.map(String.init) ?? name
                mismatch =
                    "json: cannot unmarshal \(Self.kind(member.value)) into Go struct field \(go).\(place) of type "
                    + Self.goType(field.shape)
            }
            members.append((member.key, value(member.value, field.shape, path: place)))
        }
        return .object(SimObject(members))
    }

    private mutating func value(_ json: SimJSON, _ shape: FieldSchema.Shape, path: String) -> SimJSON {
        switch (shape, json) {
        case (.structure(let name), _): return structure(json, name, path: path)
        case (.list(let item, _), .array(let items)):
            var checked: [SimJSON] = []
            for (index, element) in items.enumerated() {
                checked.append(value(element, item, path: "\(path)[\(index)]"))
            }
            return .array(checked)
        case (.map(let item), .object(let object)):
            var members: [(String, SimJSON)] = []
            for member in object.members {
                members.append((member.key, value(member.value, item, path: "\(path).\(member.key)")))
            }
            return .object(SimObject(members))
        case (.bytes, .string(let text)):
            if mismatch == nil, let place = Self.firstBadByte(of: text) {
                mismatch = "illegal base64 data at input byte \(place)"
            }
            return json
        default: return json
        }
    }

    /// Where a text stops being Base64 of whole bytes; nil where it does not.
    private static func firstBadByte(of text: String) -> Int? {
        let bytes = Array(text.utf8).filter { $0 != 0x0a && $0 != 0x0d }
        let content = bytes.prefix { $0 != UInt8(ascii: "=") }
        let bad = content.firstIndex { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "+"), UInt8(ascii: "/"): false
            default: true
            }
        }
        if let bad { return bad }
        let padding = bytes.count - content.count
        let isWhole = bytes.count % 4 == 0 && padding <= 2 && bytes.dropFirst(content.count).allSatisfy { $0 == 0x3d }
        return isWhole ? nil : content.count
    }

    private static func fits(_ value: SimJSON, _ shape: FieldSchema.Shape) -> Bool {
        switch (shape, value) {
        case (.anything, _): true
        case (.string, .string), (.time, .string), (.microTime, .string), (.duration, .string), (.bytes, .string): true
        case (.bool, .bool), (.int, .int), (.number, .int), (.number, .double): true
        case (.quantity, .string), (.quantity, .int), (.quantity, .double): true
        case (.intOrString, .string), (.intOrString, .int): true
        case (.structure, .object), (.map, .object), (.list, .array): true
        default: false
        }
    }

    private static func kind(_ value: SimJSON) -> String {
        switch value {
        case .string: "string"
        case .bool: "bool"
        case .array: "array"
        case .object: "object"
        case .int: "number"
        case .double(let number): "number \(number)"
        case .null: "null"
        }
    }

    private static func goType(_ shape: FieldSchema.Shape) -> String {
        switch shape {
        case .bool: "bool"
        case .int: "int32"
        case .number: "float64"
        case .string: "string"
        case .structure(let name): "v1.\(name.split(separator: ".").last.map(String.init) ?? name)"
        case .list(let item, _): "[]\(goType(item))"
        case .map(let item): "map[string]\(goType(item))"
        case .bytes: "[]uint8"
        case .time, .microTime, .duration, .quantity, .intOrString, .anything: "string"
        }
    }
}
