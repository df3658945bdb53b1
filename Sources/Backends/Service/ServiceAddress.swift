/// An address beneath an endpoint, built from foreign parts: each is percent-encoded as it is added.
struct ServiceAddress: Sendable {
    private var text: String
    private var hasQuery = false

    init(_ endpoint: ServiceEndpoint, _ segments: String...) {
        text = endpoint.base
        append(segments)
    }

    mutating func append(_ segments: [String]) {
        for segment in segments { text += "/" + Self.encoded(segment: segment) }
    }

    // "." and ".." would be resolved away on the road and name another resource.
    private static func encoded(segment: String) -> String {
        segment == "." || segment == ".."
            ? segment.replacing(".", with: "%2E") : encoded(segment, keeping: "-._~")
    }

    /// A path that Midwatch itself wrote.
    func path(_ path: String) -> ServiceAddress {
        var copy = self
        copy.text += path
        return copy
    }

    func segments(_ segments: some Sequence<String>) -> ServiceAddress {
        var copy = self
        copy.append(Array(segments))
        return copy
    }

    func asking(_ name: String, _ value: String) -> ServiceAddress {
        var copy = self
        copy.text += (hasQuery ? "&" : "?") + name + "=" + Self.encoded(value, keeping: "-._~,[]{}*:")
        copy.hasQuery = true
        return copy
    }

    /// Index patterns keep their wildcards and commas.
    func index(_ pattern: String) -> ServiceAddress {
        var copy = self
        copy.text += "/" + Self.encoded(pattern, keeping: "-._~*,")
        return copy
    }

    var url: String { text }

    static func encoded(_ text: String, keeping: String) -> String {
        let kept = Set(keeping.utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            if isPlain || kept.contains(byte) {
                out.append(byte)
            } else {
                out += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
