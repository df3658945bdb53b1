/// Reads the two access reviews from Kubernetes' protobuf, the only bodies that kubectl sends in it and the server takes.
///
/// Shapes: `k8s.io/apimachinery/pkg/runtime/generated.proto` (the envelope after the magic `k8s\0`) and
/// `k8s.io/api/authorization/v1/generated.proto`.
struct ReviewProtobuf {
    private static let magic: [UInt8] = [0x6b, 0x38, 0x73, 0x00]

    static func isProtobuf(_ body: [UInt8]) -> Bool { body.starts(with: magic) }

    /// The review's spec as JSON would have it; nil where the bytes are no review.
    static func review(_ body: [UInt8], kind: String) -> SimJSON? {
        guard isProtobuf(body), let raw = fields(body.dropFirst(magic.count))?[2], let review = fields(raw),
            let spec = review[2].flatMap({ fields($0) })
        else { return nil }
        if kind == "SelfSubjectRulesReview" { return ["spec": text(spec, ["namespace": 1])] }
        var json = SimJSON.emptyObject
        if let attributes = spec[1].flatMap({ fields($0) }) {
            json["resourceAttributes"] = text(
                attributes,
                [
                    "namespace": 1, "verb": 2, "group": 3, "version": 4, "resource": 5, "subresource": 6, "name": 7,
                ])
        }
        if let attributes = spec[2].flatMap({ fields($0) }) {
            json["nonResourceAttributes"] = text(attributes, ["path": 1, "verb": 2])
        }
        return ["spec": json]
    }

    private static func text(_ fields: [Int: ArraySlice<UInt8>], _ names: KeyValuePairs<String, Int>) -> SimJSON {
        var json = SimJSON.emptyObject
        for (name, number) in names {
            guard let bytes = fields[number], !bytes.isEmpty else { continue }
            json[name] = .string(String(decoding: bytes, as: UTF8.self))
        }
        return json
    }

    /// The fields of a message that have a length, by number; the last of equal numbers counts.
    private static func fields(_ bytes: ArraySlice<UInt8>) -> [Int: ArraySlice<UInt8>]? {
        var rest = bytes
        var found: [Int: ArraySlice<UInt8>] = [:]
        while !rest.isEmpty {
            guard let tag = varint(&rest) else { return nil }
            switch tag & 7 {
            case 0: guard varint(&rest) != nil else { return nil }
            case 1: rest = rest.dropFirst(8)
            case 2:
                guard let length = varint(&rest), length <= rest.count else { return nil }
                found[Int(tag >> 3)] = rest.prefix(Int(length))
                rest = rest.dropFirst(Int(length))
            case 5: rest = rest.dropFirst(4)
            default: return nil
            }
        }
        return found
    }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = bytes.popFirst() else { return nil }
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
