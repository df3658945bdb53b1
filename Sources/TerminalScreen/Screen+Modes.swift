import Canvas

/// Modes that a program sets and resets.
extension Screen {
    mutating func setMode(_ number: Int, isPrivate: Bool, _ isOn: Bool) {
        guard isPrivate else {
            if number == 4 { inserts = isOn }
            if number == 20 { modes.newLine = isOn }
            return
        }
        switch number {
        case 1: modes.applicationCursor = isOn
        case 5: isReversed = isOn
        case 6:
            isOriginMode = isOn
            place(x: 0, y: 0)
        case 7:
            wraps = isOn
            if !isOn { cursor.isAtEdge = false }
        case 9: modes.mouse = isOn ? .presses : .off
        case 25: showsCursor = isOn
        case 47: showAlternate(isOn)
        case 66: modes.applicationKeypad = isOn
        case 1000: modes.mouse = isOn ? .clicks : .off
        case 1002: modes.mouse = isOn ? .drags : .off
        case 1003: modes.mouse = isOn ? .movement : .off
        case 1004: modes.reportsFocus = isOn
        case 1006: modes.mouseIsSGR = isOn
        case 1047:
            if !isOn, modes.isAlternate { clearAll() }
            showAlternate(isOn)
        case 1048: isOn ? saveCursor() : restoreCursor()
        case 1049: isOn ? enterAlternate() : leaveAlternate()
        case 2004: modes.bracketedPaste = isOn
        default: break
        }
    }

    private mutating func enterAlternate() {
        guard !modes.isAlternate else { return }
        saveCursor()
        showAlternate(true)
        clearAll()
    }

    private mutating func leaveAlternate() {
        guard modes.isAlternate else { return }
        showAlternate(false)
        restoreCursor()
    }

    private mutating func clearAll() {
        for y in 0..<rows { grid.clear(y, with: erased) }
    }

    private mutating func showAlternate(_ isOn: Bool) {
        guard modes.isAlternate != isOn else { return }
        modes.isAlternate = isOn
        swap(&grid, &hidden)
        cursor.isAtEdge = false
    }

    /// Whether a mode is on, for the modes that programs ask about (DECRQM); nil for all others.
    func isSet(_ number: Int) -> Bool? {
        switch number {
        case 1: modes.applicationCursor
        case 5: isReversed
        case 6: isOriginMode
        case 7: wraps
        case 25: showsCursor
        case 1000: modes.mouse == .clicks
        case 1002: modes.mouse == .drags
        case 1003: modes.mouse == .movement
        case 1004: modes.reportsFocus
        case 1006: modes.mouseIsSGR
        case 1049: modes.isAlternate
        case 2004: modes.bracketedPaste
        default: nil
        }
    }
}
