/// What becomes of one scalar on the screen; the gate that every foreign byte passes.
public enum ScalarForm: Equatable, Sendable {
    case spacing(width: Int)
    case combining
    /// Shown as this instead: control characters, bidi overrides, invisible tricks.
    case replaced(by: Unicode.Scalar)
}

extension Unicode.Scalar {
    /// How this scalar is shown. Cells count scalars, not grapheme clusters: a joined emoji is shown as its parts,
    /// because terminals and ncurses disagree about the width of the whole and the screen would fall apart.
    public var screenForm: ScalarForm {
        let v = value
        if v >= 0x20 && v < 0x7F { return .spacing(width: 1) }
        if v < 0x20 { return .replaced(by: Unicode.Scalar(0x2400 + v)!) }
        if v == 0x7F { return .replaced(by: "\u{2421}") }
        if v < 0xA0 { return .replaced(by: "\u{FFFD}") }
        if v < 0x300 { return v == 0xAD ? .replaced(by: "\u{FFFD}") : .spacing(width: 1) }
        return commonForm ?? uncommonForm
    }

    /// The blocks that names and log lines are mostly made of, without asking the tables.
    private var commonForm: ScalarForm? {
        switch value {
        case 0x370...0x377, 0x37A...0x37F, 0x384...0x38A, 0x38E...0x3A1, 0x3A3...0x482, 0x48A...0x52F,
            0x2010...0x2027, 0x2190...0x21FF, 0x2500...0x25FC:
            .spacing(width: 1)
        case 0x3000...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x3400...0x4DFF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0xFF01...0xFF60:
            .spacing(width: 2)
        default: nil
        }
    }

    private var uncommonForm: ScalarForm {
        let properties = properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark:
            // Variation selectors are dropped where they are combined; other invisible marks only serve to deceive.
            let isHidden = properties.isDefaultIgnorableCodePoint && !(0xFE00...0xFE0F ~= value)
            return isHidden ? .replaced(by: "\u{FFFD}") : .combining
        case .format, .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
            return .replaced(by: "\u{FFFD}")
        case .modifierSymbol where 0x1F3FB...0x1F3FF ~= value:
            return .combining
        default:
            if isJamoTail { return .combining }
            if properties.isDefaultIgnorableCodePoint { return .replaced(by: "\u{FFFD}") }
            return .spacing(width: isWide ? 2 : 1)
        }
    }

    /// Columns that it takes when drawn.
    var columns: Int {
        switch screenForm {
        case .spacing(let width): width
        case .combining: 0
        case .replaced: 1
        }
    }

    /// Hangul vowels and finals join the syllable before them.
    private var isJamoTail: Bool { (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) }

    /// East Asian wide and full-width, and what has emoji presentation. Source: Unicode's EastAsianWidth.txt, ranges joined
    /// where the gaps are unassigned.
    private var isWide: Bool {
        let v = value
        guard v >= 0x1100 else { return false }
        if Self.wideRanges.contains(where: { $0.contains(v) }) { return true }
        return properties.isEmojiPresentation && !(0x1F1E6...0x1F1FF).contains(v)
    }

    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DFF, 0x4E00...0x9FFF,
        0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18D1E, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD,
    ]
}

/// Display widths and safe forms of whole texts.
public enum DisplayText {
    /// Columns that the text takes when drawn.
    public static func width(_ text: String) -> Int { width(text, upTo: .max) }

    /// Whether the text takes more than so many columns; a long text is not read to its end.
    public static func isWider(_ text: String, than columns: Int) -> Bool { width(text, upTo: columns) > columns }

    private static func width(_ text: String, upTo limit: Int) -> Int {
        let bytes = text.utf8
        // No scalar takes more columns than bytes, but for the controls, which take one each.
        if bytes.count <= limit, limit != .max { return bytes.count }
        if let plain = bytes.withContiguousStorageIfAvailable({ $0.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }), plain {
            return bytes.count
        }
        var columns = 0
        for scalar in text.unicodeScalars {
            columns += scalar.columns
            if columns > limit { break }
        }
        return columns
    }

    /// The text as the screen would show it: safe to print to a terminal, to put in a title or on the clipboard.
    /// `keeping` names control characters that may stay (newline and tab for files and multi-line prints).
    public static func safe(_ text: String, keeping: Set<Unicode.Scalar> = []) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if keeping.contains(scalar) {
                result.append(scalar)
            } else if case .replaced(let substitute) = scalar.screenForm {
                result.append(substitute)
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }

    /// The longest beginning of the text that fits the columns; with `ellipsis`, its last column says that more was there.
    public static func clipped(_ text: String, to columns: Int, ellipsis: Bool = true) -> String {
        guard isWider(text, than: columns) else { return text }
        guard columns > 0 else { return "" }
        let room = ellipsis ? columns - 1 : columns
        var used = 0
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let step = scalar.columns
            guard used + step <= room else { break }
            used += step
            result.append(scalar)
        }
        return String(result) + (ellipsis ? "…" : "")
    }

    /// The text with its middle left out when it is too long: "payments-api-7c…x2kqp".
    public static func middleCut(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
        guard width(text) > columns, columns > 4 else { return text }
        let tail = min(8, columns / 3)
        var end = Substring()
        for character in text.reversed() where width(String(character) + end) <= tail { end = String(character) + end }
        return clipped(text, to: columns - width(String(end)) - width(ellipsis), ellipsis: false) + ellipsis + end
    }
}
