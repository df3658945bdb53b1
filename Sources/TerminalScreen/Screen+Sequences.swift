/// What each control function does. Sources: ECMA-48, DEC's VT220 and VT510 manuals, xterm's ctlseqs.
extension Screen {
    @inline(__always)
    mutating func control(_ byte: UInt8) {
        switch byte {
        case 0x0A, 0x0B, 0x0C:
            if modes.newLine { carriageReturn() }
            cursor.isAtEdge = false
            grid.endLine(cursor.y)
            lineFeed()
        case 0x0D: carriageReturn()
        case 0x08: backspace()
        case 0x09: tab()
        case 0x0E: charsets.shift(to: 1)
        case 0x0F: charsets.shift(to: 0)
        default: break
        }
    }

    mutating func escape(_ final: UInt8, intermediate: UInt8) {
        switch intermediate {
        case 0: escape(final)
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"):
            charsets.designate(Int(intermediate - UInt8(ascii: "(")), final)
        case UInt8(ascii: "#") where final == UInt8(ascii: "8"): fillWithE()
        default: break
        }
    }

    private mutating func escape(_ final: UInt8) {
        switch Unicode.Scalar(final) {
        case "7": saveCursor()
        case "8": restoreCursor()
        case "=": modes.applicationKeypad = true
        case ">": modes.applicationKeypad = false
        case "D": control(0x0A)
        case "E":
            carriageReturn()
            lineFeed()
        case "H": tabs[cursor.x] = true
        case "M": reverseLineFeed()
        case "N": charsets.shiftOnce(to: 2)
        case "O": charsets.shiftOnce(to: 3)
        case "Z": answer(Self.primaryAttributes)
        case "c": reset()
        case "n": charsets.shift(to: 2)
        case "o": charsets.shift(to: 3)
        default: break
        }
    }

    /// A control sequence: `prefix` is one of "<=>?" or 0, `intermediate` a byte of 0x20…0x2F or 0.
    mutating func sequence(_ final: UInt8, _ parameters: Parameters, prefix: UInt8, intermediate: UInt8) {
        switch (prefix, intermediate) {
        case (0, 0): sequence(Unicode.Scalar(final), parameters)
        case (UInt8(ascii: "?"), 0): privateSequence(Unicode.Scalar(final), parameters)
        case (UInt8(ascii: ">"), 0) where final == UInt8(ascii: "c") && parameters[0] == 0: answer("\u{1B}[>0;0;0c")
        case (0, UInt8(ascii: "!")) where final == UInt8(ascii: "p"): softReset()
        case (UInt8(ascii: "?"), UInt8(ascii: "$")) where final == UInt8(ascii: "p"):
            if let isOn = isSet(parameters[0]) { answer("\u{1B}[?\(parameters[0]);\(isOn ? 1 : 2)$y") }
        default: break
        }
    }

    private mutating func sequence(_ final: Unicode.Scalar, _ parameters: Parameters) {
        if final != "b" { last = nil }
        let count = parameters.atLeastOne(0)
        switch final {
        case "@": insertCharacters(count)
        case "A": up(count)
        case "B", "e": down(count)
        case "C", "a": right(count)
        case "D": left(count)
        case "E":
            down(count)
            carriageReturn()
        case "F":
            up(count)
            carriageReturn()
        case "G", "`": column(count - 1)
        case "H", "f": place(x: parameters.atLeastOne(1) - 1, y: count - 1)
        case "I": tab(count)
        case "J": eraseDisplay(parameters[0])
        case "K": eraseLine(parameters[0])
        case "L": insertLines(count)
        case "M": deleteLines(count)
        case "P": deleteCharacters(count)
        case "S": scrollUp(count)
        case "T" where parameters.count <= 1: scrollDown(count)
        case "X": eraseCharacters(count)
        case "Z": backTab(count)
        case "b": repeatLast(count)
        case "c" where parameters[0] == 0: answer(Self.primaryAttributes)
        case "d": line(count - 1)
        case "g": clearTabs(parameters[0])
        case "h", "l": for index in 0..<parameters.count { setMode(parameters[index], isPrivate: false, final == "h") }
        case "m": brush.apply(parameters)
        case "n": report(parameters[0])
        case "r": setRegion(parameters[0], parameters[1])
        case "s": saveCursor()
        case "t" where parameters[0] == 18: answer("\u{1B}[8;\(rows);\(columns)t")
        case "u": restoreCursor()
        default: break
        }
    }

    private mutating func privateSequence(_ final: Unicode.Scalar, _ parameters: Parameters) {
        switch final {
        case "h", "l": for index in 0..<parameters.count { setMode(parameters[index], isPrivate: true, final == "h") }
        case "J": eraseDisplay(parameters[0])
        case "K": eraseLine(parameters[0])
        default: break
        }
    }

    private mutating func clearTabs(_ what: Int) {
        if what == 0 { tabs[cursor.x] = false }
        if what == 3 { tabs = Array(repeating: false, count: columns) }
    }

    /// Answers are of a fixed form with our own numbers in them: nothing that a program wrote ever comes back as input.
    private mutating func report(_ what: Int) {
        if what == 5 { answer("\u{1B}[0n") }
        if what == 6 { answer("\u{1B}[\(cursor.y - (isOriginMode ? top : 0) + 1);\(cursor.x + 1)R") }
    }

    /// A VT220 with colours.
    private static let primaryAttributes = "\u{1B}[?62;22c"
}
