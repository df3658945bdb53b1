import Canvas

/// The byte sequences that terminfo gives for a terminal's keys.
struct KeyTable {
    private(set) var keys: [[UInt8]: Key] = [:]
    private var beginnings: Set<[UInt8]> = []

    /// `lookUp` gives a capability's bytes, nil when the terminal lacks it.
    init(lookUp: (String) -> [UInt8]?) {
        for (capability, key) in Self.capabilities {
            guard let bytes = lookUp(capability), bytes.count > 1, bytes[0] == 0x1B else { continue }
            keys[bytes] = key
            for length in 1..<bytes.count { beginnings.insert(Array(bytes[..<length])) }
        }
    }

    enum Match {
        case none, maybe
        case key(Key, length: Int)
    }

    /// The longest key at the start of the bytes; `maybe` when one could come with more of them.
    func match(_ bytes: ArraySlice<UInt8>) -> Match {
        var found = Match.none
        var begun: [UInt8] = []
        for byte in bytes {
            begun.append(byte)
            if let key = keys[begun] { found = .key(key, length: begun.count) }
            guard beginnings.contains(begun) else { return found }
        }
        if case .none = found { return .maybe }
        return found
    }

    private static let capabilities: [(String, Key)] = {
        var rows: [(String, Key)] = [
            ("kcuu1", Key(.up)), ("kcud1", Key(.down)), ("kcub1", Key(.left)), ("kcuf1", Key(.right)),
            ("khome", Key(.home)), ("kend", Key(.end)), ("kpp", Key(.pageUp)), ("knp", Key(.pageDown)),
            ("kich1", Key(.insert)), ("kdch1", Key(.delete)), ("kcbt", Key(.tab, .shift)), ("kent", Key(.enter)),
            ("kLFT", Key(.left, .shift)), ("kRIT", Key(.right, .shift)), ("kri", Key(.up, .shift)),
            ("kind", Key(.down, .shift)), ("kHOM", Key(.home, .shift)), ("kEND", Key(.end, .shift)),
            ("kPRV", Key(.pageUp, .shift)), ("kNXT", Key(.pageDown, .shift)), ("kDC", Key(.delete, .shift)),
        ]
        for number in 1...12 { rows.append(("kf\(number)", Key(.function(number)))) }
        let extended: [(String, Key.Code)] = [
            ("kUP", .up), ("kDN", .down), ("kLFT", .left), ("kRIT", .right), ("kHOM", .home), ("kEND", .end),
            ("kPRV", .pageUp), ("kNXT", .pageDown), ("kDC", .delete), ("kIC", .insert),
        ]
        let modified: [(String, Key.Modifiers)] = [("3", .alt), ("5", .control), ("7", [.alt, .control])]
        for (name, code) in extended {
            for (suffix, modifiers) in modified { rows.append((name + suffix, Key(code, modifiers))) }
        }
        return rows
    }()
}
