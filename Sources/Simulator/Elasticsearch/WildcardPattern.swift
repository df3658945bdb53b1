/// A pattern with `*` and `?`, over bytes.
struct WildcardPattern: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        case byte(UInt8)
        case one, any
    }

    private let parts: [Part]

    /// A backslash takes the next character as it stands.
    init(_ text: String) {
        var parts: [Part] = []
        var isEscaped = false
        for byte in text.utf8 {
            if !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            parts.append(
                isEscaped
                    ? .byte(byte) : byte == UInt8(ascii: "*") ? .any : byte == UInt8(ascii: "?") ? .one : .byte(byte))
            isEscaped = false
        }
        self.parts = parts
    }

    func matches(_ text: some Collection<UInt8>) -> Bool {
        let text = Array(text)
        var (position, part) = (0, 0)
        var retry: (position: Int, part: Int)?
        while position < text.count {
            switch part < parts.count ? parts[part] : nil {
            case .any:
                retry = (position, part)
                part += 1
            case .one:
                position += 1
                part += 1
            case .byte(let byte) where byte == text[position]:
                position += 1
                part += 1
            default:
                guard let last = retry else { return false }
                position = last.position + 1
                part = last.part + 1
                retry = (position, last.part)
            }
        }
        return parts[part...].allSatisfy { $0 == .any }
    }

    func matches(_ text: String) -> Bool { matches(text.utf8) }
}
