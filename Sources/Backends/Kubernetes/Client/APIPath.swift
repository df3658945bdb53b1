import Model

/// The path and query of a request to an API server, built from foreign parts: each is percent-encoded as it is added.
struct APIPath: Sendable, Equatable {
    private(set) var path = ""
    private(set) var query = ""

    /// Parts between slashes: `APIPath("api", "v1", "namespaces", name)`.
    init(_ segments: String...) { for segment in segments { append(segment) } }

    /// The collection of a kind, in one namespace or (nil) everywhere.
    init(_ kind: ResourceKind, namespace: String? = nil) {
        self = kind.group.isEmpty ? APIPath("api", kind.version) : APIPath("apis", kind.group, kind.version)
        if kind.isNamespaced, let namespace { append("namespaces", namespace) }
        append(kind.plural)
    }

    /// One object.
    init(_ reference: ObjectReference) {
        self.init(reference.kind, namespace: reference.namespace)
        append(reference.name)
    }

    var text: String { query.isEmpty ? path : "\(path)?\(query)" }

    mutating func append(_ segments: String...) {
        for segment in segments { path += "/" + Self.encoded(segment: segment) }
    }

    func appending(_ segment: String) -> APIPath {
        var copy = self
        copy.append(segment)
        return copy
    }

    /// Adds a parameter; an empty value adds nothing, because every parameter here means "not asked" when it is empty.
    func asking(_ name: String, _ value: String) -> APIPath {
        value.isEmpty ? self : asking(evenEmpty: name, value)
    }

    /// For parameters where an empty value means something: a word of a command.
    func asking(evenEmpty name: String, _ value: String) -> APIPath {
        var copy = self
        copy.query += (query.isEmpty ? "" : "&") + Self.encoded(name) + "=" + Self.encoded(value)
        return copy
    }

    // "." and ".." would be resolved away on the road and name another resource.
    private static func encoded(segment: String) -> String {
        segment == "." || segment == ".." ? segment.replacing(".", with: "%2E") : encoded(segment)
    }

    private static func encoded(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if isUnreserved(byte) {
                out.append(byte)
            } else {
                out.append(UInt8(ascii: "%"))
                out.append(hexDigits[Int(byte >> 4)])
                out.append(hexDigits[Int(byte & 15)])
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    private static let hexDigits = Array("0123456789ABCDEF".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
