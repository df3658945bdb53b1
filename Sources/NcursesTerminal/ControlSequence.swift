import Canvas

/// Reads the sequences that xterm and its many likes send for keys and the mouse: CSI and SS3.
/// Source: xterm's ctlseqs, "PC-Style Function Keys" and "Mouse Tracking".
enum ControlSequence {
    /// The sequence at the start of the bytes (which begin with ESC [); nil when it is not complete.
    static func read(_ bytes: ArraySlice<UInt8>) -> InputDecoder.Step? {
        let body = bytes.dropFirst(2)
        guard let end = body.firstIndex(where: { !(0x20...0x3F).contains($0) }) else { return nil }
        let length = end - bytes.startIndex + 1
        let final = bytes[end]
        // Anything but a final byte breaks the sequence off; that byte is then read for itself.
        guard (0x40...0x7E).contains(final) else { return (.nothing, length - 1) }
        let parameters = String(decoding: bytes[body.startIndex..<end], as: UTF8.self)
        if final == UInt8(ascii: "M"), parameters.isEmpty { return oldMouse(bytes) }
        if parameters.hasPrefix("<") { return (mouse(parameters.dropFirst(), final), length) }
        return (meaning(parameters, Unicode.Scalar(final)), length)
    }

    /// ESC O and a letter: a key in application mode.
    static func applicationKey(_ bytes: ArraySlice<UInt8>) -> InputDecoder.Step {
        let letter = Unicode.Scalar(bytes[bytes.startIndex + 2])
        if let code = letters[letter] { return InputDecoder.key(Key(code), 3) }
        if letter == "M" { return InputDecoder.key(Key(.enter), 3) }
        if let character = keypad[letter] { return InputDecoder.key(Key(character), 3) }
        return InputDecoder.key(Key(.character("O"), .alt), 2)
    }

    private static let letters: [Unicode.Scalar: Key.Code] = [
        "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "P": .function(1), "Q": .function(2),
        "R": .function(3), "S": .function(4),
    ]

    private static let keypad: [Unicode.Scalar: Character] = [
        "j": "*", "k": "+", "l": ",", "m": "-", "n": ".", "o": "/", "p": "0", "q": "1", "r": "2", "s": "3", "t": "4",
        "u": "5", "v": "6", "w": "7", "x": "8", "y": "9", "X": "=",
    ]

    private static let numbers: [Int: Key.Code] = [
        1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end, 11: .function(1),
        12: .function(2), 13: .function(3), 14: .function(4), 15: .function(5), 17: .function(6), 18: .function(7),
        19: .function(8), 20: .function(9), 21: .function(10), 23: .function(11), 24: .function(12),
        25: .function(13), 26: .function(14), 28: .function(15), 29: .function(16), 31: .function(17),
        32: .function(18), 33: .function(19), 34: .function(20),
    ]

    private static func meaning(_ parameters: String, _ final: Unicode.Scalar) -> InputDecoder.Meaning {
        let values = parameters.split(separator: ";", omittingEmptySubsequences: false).map {
            Int($0.prefix { $0 != ":" }) ?? 1
        }
        let held = modifiers(values.count > 1 ? values[1] : 1)
        switch final {
        case "~" where values.first == 200: return .pasteBegins
        case "~" where values.first == 27 && values.count > 2: return character(values[2], held)
        case "~":
            guard let code = values.first.flatMap({ numbers[$0] }) else { return .nothing }
            return .event(.key(Key(code, held)))
        case "u": return character(values.first ?? 0, held)
        case "Z": return .event(.key(Key(.tab, .shift)))
        default:
            guard let code = letters[final] else { return .nothing }
            return .event(.key(Key(code, held)))
        }
    }

    private static func modifiers(_ parameter: Int) -> Key.Modifiers {
        let bits = max(0, min(parameter, 256) - 1)
        var result: Key.Modifiers = []
        if bits & 1 != 0 { result.insert(.shift) }
        if bits & 2 != 0 { result.insert(.alt) }
        if bits & 4 != 0 { result.insert(.control) }
        return result
    }

    /// A key given by its code point, as terminals do that tell more keys apart.
    private static func character(_ value: Int, _ held: Key.Modifiers) -> InputDecoder.Meaning {
        switch value {
        case 13: return .event(.key(Key(.enter, held)))
        case 9: return .event(.key(Key(.tab, held)))
        case 27: return .event(.key(Key(.escape, held)))
        case 8, 127: return .event(.key(Key(.backspace, held)))
        default: break
        }
        guard value >= 0x20, value < 0x11_0000, let scalar = Unicode.Scalar(UInt32(value)),
            case .spacing = scalar.screenForm
        else { return .nothing }
        var text = String(Character(scalar))
        if held.contains(.shift) { text = text.uppercased() }
        return .event(.key(Key(.character(text.first ?? " "), held.subtracting(.shift))))
    }

    /// `ESC [ < button ; column ; row M`, the form without a limit.
    private static func mouse(_ parameters: Substring, _ final: UInt8) -> InputDecoder.Meaning {
        let values = parameters.split(separator: ";").map { Int($0) }
        guard values.count == 3, let button = values[0], let column = values[1], let row = values[2],
            final == UInt8(ascii: "M")
        else { return .nothing }
        return event(button: button, column: column, row: row)
    }

    /// `ESC [ M` and three bytes, each 32 more than what it says.
    private static func oldMouse(_ bytes: ArraySlice<UInt8>) -> InputDecoder.Step? {
        guard bytes.count >= 6 else { return nil }
        let values = bytes.dropFirst(3).prefix(3).map { Int($0) - 32 }
        return (event(button: values[0], column: values[1], row: values[2]), 6)
    }

    private static func event(button: Int, column: Int, row: Int) -> InputDecoder.Meaning {
        let action: MouseEvent.Action
        switch button & ~0b11100 {  // shift, alt and control do not matter
        case 0: action = .press
        case 64: action = .wheelUp
        case 65: action = .wheelDown
        default: return .nothing
        }
        guard (1...10_000).contains(column), (1...10_000).contains(row) else { return .nothing }
        return .event(.mouse(MouseEvent(action, at: Point(x: column - 1, y: row - 1))))
    }
}
