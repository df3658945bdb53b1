extension JSONValue {
    /// The text of a string; nil for every other kind.
    public var string: String? {
        guard document.tag(at: index) == Tape.string else { return nil }
        return String(decoding: document.string(at: index), as: UTF8.self)
    }

    /// A number that is whole and fits; nil otherwise.
    public var int: Int? {
        let raw = { document.words[index + 1] }
        switch document.tag(at: index) {
        case Tape.int: return Int(Int64(bitPattern: raw()))
        case Tape.unsigned: return Int(exactly: raw())
        case Tape.double: return Int(exactly: Double(bitPattern: raw()))
        default: return nil
        }
    }

    /// Any number, as near as a double comes to it.
    public var double: Double? {
        let raw = { document.words[index + 1] }
        switch document.tag(at: index) {
        case Tape.int: return Double(Int64(bitPattern: raw()))
        case Tape.unsigned: return Double(raw())
        case Tape.double: return Double(bitPattern: raw())
        default: return nil
        }
    }

    public var bool: Bool? {
        switch document.tag(at: index) {
        case Tape.yes: true
        case Tape.no: false
        default: nil
        }
    }

    public var isNull: Bool { document.tag(at: index) == Tape.null }

    /// The bytes of a string, in place and valid during the call only; nil for every other kind.
    public func withUTF8<R>(_ body: (UnsafeBufferPointer<UInt8>) throws -> R) rethrows -> R? {
        guard document.tag(at: index) == Tape.string else { return nil }
        return try withExtendedLifetime(document) { try body(document.string(at: index)) }
    }

    /// A scalar as a person would write it: a string as it is, null as nothing; nil for arrays and objects.
    public var scalarText: String? {
        switch kind {
        case .string: string
        case .null: ""
        case .bool: document.tag(at: index) == Tape.yes ? "true" : "false"
        case .number: numberText
        case .array, .object: nil
        }
    }

    private var numberText: String {
        if let int { return String(int) }
        if document.tag(at: index) == Tape.unsigned { return String(document.words[index + 1]) }
        return double?.description ?? ""
    }
}
