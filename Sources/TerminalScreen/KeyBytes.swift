import Canvas

/// What a terminal sends for keys, pastes and the mouse: for the programs that run behind a `ScreenBuffer`.
/// Source: xterm's ctlseqs, "PC-Style Function Keys"; the same as terminfo has for xterm-256color.
public enum KeyBytes {
    public static func of(_ key: Key, in modes: ScreenModes = ScreenModes()) -> [UInt8] {
        switch key.code {
        case .character(let character): return prefixed(key, character: character)
        case .enter: return prefixed(key, modes.newLine ? [0x0D, 0x0A] : [0x0D])
        case .escape: return prefixed(key, [0x1B])
        case .tab:
            return key.modifiers.contains(.shift)
                ? sequence("Z", key.modifiers.subtracting(.shift)) : prefixed(key, [0x09])
        case .backspace: return prefixed(key, [key.modifiers.contains(.control) ? 0x08 : 0x7F])
        case .function(let number): return function(number, key.modifiers)
        default: break
        }
        if let letter = letters[key.code] {
            if !key.modifiers.isEmpty { return sequence(letter, key.modifiers) }
            return Array("\u{1B}\(modes.applicationCursor ? "O" : "[")\(letter)".utf8)
        }
        return numbers[key.code].map { numbered($0, key.modifiers) } ?? []
    }

    private static let letters: [Key.Code: String] = [
        .up: "A", .down: "B", .right: "C", .left: "D", .home: "H", .end: "F",
    ]
    private static let numbers: [Key.Code: Int] = [.insert: 2, .delete: 3, .pageUp: 5, .pageDown: 6]
    private static let functions = [15, 17, 18, 19, 20, 21, 23, 24]

    /// F1 to F4 have letters, the next eight numbers; F13 and on are the same with shift.
    private static func function(_ number: Int, _ held: Key.Modifiers) -> [UInt8] {
        guard (1...24).contains(number) else { return [] }
        if number > 12 { return function(number - 12, held.union(.shift)) }
        if number > 4 { return numbered(functions[number - 5], held) }
        let letter = ["P", "Q", "R", "S"][number - 1]
        return held.isEmpty ? Array("\u{1B}O\(letter)".utf8) : sequence(letter, held)
    }

    private static func sequence(_ letter: String, _ held: Key.Modifiers) -> [UInt8] {
        Array("\u{1B}[\(held.isEmpty ? "" : "1;\(parameter(held))")\(letter)".utf8)
    }

    private static func numbered(_ number: Int, _ held: Key.Modifiers) -> [UInt8] {
        Array("\u{1B}[\(number)\(held.isEmpty ? "" : ";\(parameter(held))")~".utf8)
    }

    private static func parameter(_ held: Key.Modifiers) -> Int {
        1 + (held.contains(.shift) ? 1 : 0) + (held.contains(.alt) ? 2 : 0) + (held.contains(.control) ? 4 : 0)
    }

    private static func prefixed(_ key: Key, character: Character) -> [UInt8] {
        prefixed(key, key.modifiers.contains(.control) ? controlled(character) : Array(String(character).utf8))
    }

    /// Alt is an escape before what it is held with.
    private static func prefixed(_ key: Key, _ bytes: [UInt8]) -> [UInt8] {
        key.modifiers.contains(.alt) ? [0x1B] + bytes : bytes
    }

    private static func controlled(_ character: Character) -> [UInt8] {
        guard let ascii = character.asciiValue else { return Array(String(character).utf8) }
        switch ascii {
        case 0x40...0x5F, 0x61...0x7A: return [ascii & 0x1F]
        case 0x20, UInt8(ascii: "2"): return [0]
        case UInt8(ascii: "3")...UInt8(ascii: "7"): return [ascii - 0x18]
        case UInt8(ascii: "8"), UInt8(ascii: "?"): return [0x7F]
        case UInt8(ascii: "/"): return [0x1F]
        default: return [ascii]
        }
    }
}

extension KeyBytes {
    /// A paste as one piece of input: framed where the program asked for it, line ends as the enter key sends them. Escapes
    /// and other controls are taken out, so that no text can end its own frame or press keys.
    public static func paste(_ text: String, in modes: ScreenModes) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 12)
        var wasReturn = false
        for scalar in withoutFrames(text).unicodeScalars {
            switch scalar.value {
            case 0x0A where wasReturn: break
            case 0x0A, 0x0D: bytes.append(0x0D)
            case 0x09: bytes.append(0x09)
            case 0x00...0x1F, 0x7F...0x9F: break
            default: if let encoded = UTF8.encode(scalar) { bytes.append(contentsOf: encoded) }
            }
            wasReturn = scalar == "\r"
        }
        guard modes.bracketedPaste else { return bytes }
        return Array("\u{1B}[200~".utf8) + bytes + Array("\u{1B}[201~".utf8)
    }

    /// The frame's own marks go whole, for what is left of them would be seen.
    private static func withoutFrames(_ text: String) -> String {
        guard text.utf8.contains(0x1B) else { return text }
        return text.replacing("\u{1B}[201~", with: "").replacing("\u{1B}[200~", with: "")
    }

    /// A press or a turn of the wheel, for a program that asked for the mouse; without, the wheel moves the cursor on the
    /// alternate screen, and nothing is sent on the main one. The place is counted from the screen's corner.
    public static func mouse(_ event: MouseEvent, in modes: ScreenModes) -> [UInt8] {
        guard modes.mouse != .off else { return modes.isAlternate ? wheelAsKeys(event, modes) : [] }
        switch event.action {
        case .wheelUp: return modes.mouse == .presses ? [] : report(64, event.place, isPress: true, modes)
        case .wheelDown: return modes.mouse == .presses ? [] : report(65, event.place, isPress: true, modes)
        case .press, .doublePress:
            let press = report(0, event.place, isPress: true, modes)
            return modes.mouse == .presses ? press : press + report(0, event.place, isPress: false, modes)
        }
    }

    private static func wheelAsKeys(_ event: MouseEvent, _ modes: ScreenModes) -> [UInt8] {
        switch event.action {
        case .wheelUp: Array(repeatElement(of(Key(.up), in: modes), count: 3).joined())
        case .wheelDown: Array(repeatElement(of(Key(.down), in: modes), count: 3).joined())
        case .press, .doublePress: []
        }
    }

    private static func report(_ button: Int, _ place: Point, isPress: Bool, _ modes: ScreenModes) -> [UInt8] {
        let (x, y) = (place.x + 1, place.y + 1)
        if modes.mouseIsSGR { return Array("\u{1B}[<\(button);\(x);\(y)\(isPress ? "M" : "m")".utf8) }
        guard (1...223).contains(x), (1...223).contains(y) else { return [] }
        return Array("\u{1B}[M".utf8) + [isPress ? button : 3, x, y].map { UInt8($0 + 32) }
    }
}
