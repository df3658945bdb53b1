/// One key press, however the terminal spelled it. Written as in the configuration: "ctrl-d", "G", "enter", "alt-x", "f1".
public struct Key: Hashable, Sendable {
    public enum Code: Hashable, Sendable {
        case character(Character)
        case enter, escape, tab, backspace, delete, insert
        case up, down, left, right, home, end, pageUp, pageDown
        case function(Int)
    }
    public struct Modifiers: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let control = Modifiers(rawValue: 1)
        public static let alt = Modifiers(rawValue: 2)
        /// Only for keys that are not characters; a shifted character is another character.
        public static let shift = Modifiers(rawValue: 4)
    }
    public var code: Code
    public var modifiers: Modifiers

    public init(_ code: Code, _ modifiers: Modifiers = []) {
        self.code = code
        self.modifiers = modifiers
    }

    public init(_ character: Character) { self.init(.character(character)) }
    public static func control(_ character: Character) -> Key { Key(.character(character), .control) }
}

extension Key: CustomStringConvertible {
    private static let names: [(String, Code)] = [
        ("enter", .enter), ("escape", .escape), ("tab", .tab), ("backspace", .backspace), ("delete", .delete),
        ("insert", .insert), ("up", .up), ("down", .down), ("left", .left), ("right", .right), ("home", .home),
        ("end", .end), ("pageup", .pageUp), ("pagedown", .pageDown), ("space", .character(" ")),
    ]

    private static let prefixes: [(String, Modifiers)] = [("ctrl-", .control), ("alt-", .alt), ("shift-", .shift)]

    /// Reads the written form; nil when it is no key.
    public init?(_ written: String) {
        var rest = Substring(written)
        var modifiers: Modifiers = []
        while let (prefix, modifier) = Self.prefixes.first(where: {
            rest.lowercased().hasPrefix($0.0) && rest.count > $0.0.count
        }) {
            modifiers.insert(modifier)
            rest = rest.dropFirst(prefix.count)
        }
        guard let code = Self.code(rest, modifiers) else { return nil }
        if case .character(let character) = code, modifiers.contains(.shift), character != " " {
            self.init(.character(Character(String(character).uppercased())), modifiers.subtracting(.shift))
        } else {
            self.init(code, modifiers)
        }
    }

    private static func code(_ text: Substring, _ modifiers: Modifiers) -> Code? {
        let lower = text.lowercased()
        if let named = names.first(where: { $0.0 == lower }) { return named.1 }
        if lower == "esc" { return .escape }
        if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...24).contains(number) {
            return .function(number)
        }
        guard text.count == 1, let character = text.first else { return nil }
        return .character(modifiers.contains(.control) ? Character(lower) : character)
    }

    public var description: String {
        let prefix = Self.prefixes.filter { modifiers.contains($0.1) }.map(\.0).joined()
        if let named = Self.names.first(where: { $0.1 == code }) { return prefix + named.0 }
        switch code {
        case .character(let character): return prefix + String(character)
        case .function(let number): return prefix + "f\(number)"
        default: return prefix
        }
    }
}
