import Foundation

/// Reads objects that clients write in Kubernetes' protobuf: the envelope after the magic `k8s\0`
/// (`k8s.io/apimachinery/pkg/runtime/generated.proto`), then the object by the numbers in the schema.
struct KubeProtobuf {
    private static let magic: [UInt8] = [0x6b, 0x38, 0x73, 0x00]
    private let schema = FieldSchema.builtIn

    /// The object as JSON would have it, its kind and version too; nil where the bytes are none, or of a kind that is
    /// not in the schema.
    static func object(_ body: [UInt8]) -> SimJSON? {
        guard body.starts(with: magic), let envelope = fields(body.dropFirst(magic.count)),
            let type = bytes(envelope, 1).flatMap({ fields($0) }), let raw = bytes(envelope, 2)
        else { return nil }
        let (version, kind) = (text(bytes(type, 1)), text(bytes(type, 2)))
        let name = version == "autoscaling/v1" && kind != "Scale" ? "autoscaling1.\(kind)" : kind
        guard FieldSchema.builtIn.structures[name] != nil, let json = KubeProtobuf().structure(raw, name) else {
            return nil
        }
        var object: SimJSON = ["kind": .string(kind), "apiVersion": .string(version)]
        for member in json.members { object[member.key] = member.value }
        return object
    }

    /// One value on the wire.
    private enum Wire {
        case number(UInt64)
        case bytes(ArraySlice<UInt8>)
    }

    private func structure(_ bytes: ArraySlice<UInt8>, _ name: String) -> SimJSON? {
        guard let wires = Self.fields(bytes), let structure = schema.structures[name] else { return nil }
        var json = SimJSON.emptyObject
        for field in structure.fields where field.number > 0 {
            let values = wires.filter { $0.number == field.number }.map(\.value)
            guard !values.isEmpty, let value = value(values, field.shape, keepsZero: field.keepsZero) else { continue }
            if field.isInline {
                for member in value.members { json[member.key] = member.value }
            } else {
                json[field.name] = value
            }
        }
        return json
    }

    private func value(_ wires: [Wire], _ shape: FieldSchema.Shape, keepsZero: Bool) -> SimJSON? {
        switch shape {
        case .list(let item, _): return .array(wires.compactMap { value([$0], item, keepsZero: true) })
        case .map(let item): return map(wires, item)
        default: break
        }
        guard let wire = wires.last else { return nil }
        switch (wire, shape) {
        case (.number(let number), .bool): return number == 0 && !keepsZero ? nil : .bool(number != 0)
        case (.number(let number), _):
            let whole = Int(truncatingIfNeeded: number)
            return whole == 0 && !keepsZero ? nil : .int(whole)
        case (.bytes(let bytes), .structure(let name)):
            guard let inner = structure(bytes, name) else { return nil }
            return inner.isEmptyObject && !keepsZero ? nil : inner
        case (.bytes(let bytes), .time), (.bytes(let bytes), .microTime): return time(bytes)
        case (.bytes(let bytes), .quantity): return .string(Self.text(Self.fields(bytes).flatMap { Self.bytes($0, 1) }))
        case (.bytes(let bytes), .intOrString): return intOrString(bytes)
        case (.bytes(let bytes), .bytes): return .string(Data(bytes).base64EncodedString())
        case (.bytes(let bytes), .string):
            let text = Self.text(bytes)
            return text.isEmpty && !keepsZero ? nil : .string(text)
        default: return nil
        }
    }

    private func map(_ wires: [Wire], _ item: FieldSchema.Shape) -> SimJSON? {
        var members: [(String, SimJSON)] = []
        for case .bytes(let bytes) in wires {
            guard let entry = Self.fields(bytes) else { return nil }
            let values = entry.filter { $0.number == 2 }.map(\.value)
            members.append((Self.text(Self.bytes(entry, 1)), value(values, item, keepsZero: true) ?? ""))
        }
        return .object(SimObject(members.sorted { $0.0 < $1.0 }))
    }

    private func time(_ bytes: ArraySlice<UInt8>) -> SimJSON? {
        guard case .number(let seconds)? = Self.fields(bytes)?.first(where: { $0.number == 1 })?.value else {
            return nil
        }
        return .string(KubeTime.text(Date(timeIntervalSince1970: Double(Int64(bitPattern: seconds)))))
    }

    private func intOrString(_ bytes: ArraySlice<UInt8>) -> SimJSON? {
        guard let fields = Self.fields(bytes) else { return nil }
        if case .number(1)? = fields.first(where: { $0.number == 1 })?.value {
            return .string(Self.text(Self.bytes(fields, 3)))
        }
        guard case .number(let number)? = fields.first(where: { $0.number == 2 })?.value else { return 0 }
        return .int(Int(truncatingIfNeeded: number))
    }

    private static func bytes(_ fields: [(number: Int, value: Wire)], _ number: Int) -> ArraySlice<UInt8>? {
        guard case .bytes(let bytes)? = fields.last(where: { $0.number == number })?.value else { return nil }
        return bytes
    }

    private static func text(_ bytes: ArraySlice<UInt8>?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

    /// The fields of a message in order; nil where the bytes are none.
    private static func fields(_ bytes: ArraySlice<UInt8>) -> [(number: Int, value: Wire)]? {
        var rest = bytes
        var fields: [(number: Int, value: Wire)] = []
        while !rest.isEmpty {
            guard let key = varint(&rest) else { return nil }
            switch key & 7 {
            case 0:
                guard let number = varint(&rest) else { return nil }
                fields.append((Int(key >> 3), .number(number)))
            case 2:
                guard let length = varint(&rest), length <= UInt64(rest.count) else { return nil }
                fields.append((Int(key >> 3), .bytes(rest.prefix(Int(length)))))
                rest = rest.dropFirst(Int(length))
            case 1, 5:
                let size = key & 7 == 1 ? 8 : 4
                guard rest.count >= size else { return nil }
                rest = rest.dropFirst(size)
            default: return nil
            }
        }
        return fields
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var (value, shift) = (UInt64(0), UInt64(0))
        while let byte = bytes.popFirst() {
            guard shift < 64 else { return nil }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
