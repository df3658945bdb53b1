/// How a text is written in YAML so that it is read back the same, in the styles that kubectl's writer chooses.
///
/// The rules are those of go-yaml v2: plain where nothing speaks against it, a block for texts of several lines, else
/// quoted. https://pkg.go.dev/gopkg.in/yaml.v2
enum YAMLScalar {
    enum Style { case plain, single, double, literal }

    static func style(_ text: String, isKey: Bool) -> Style {
        let wanted: Style = text.utf8.contains(10) ? .literal : YAMLMeaning.isText(text) ? .plain : .double
        let analysis = Analysis(text)
        switch wanted {
        case .literal: return analysis.allowsBlock && !isKey ? .literal : .double
        case .plain where !analysis.allowsPlain: return analysis.allowsSingle ? .single : .double
        default: return wanted
        }
    }

    static func singleQuoted(_ text: String) -> String { "'" + text.replacing("'", with: "''") + "'" }

    static func doubleQuoted(_ text: String) -> String {
        "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    /// A value of one line, broken at single blanks where the line is longer than 80 characters, as kubectl does.
    /// `column` is where it begins, `indent` where its further lines do.
    static func folded(_ text: String, _ style: Style, column: Int, indent: Int) -> String {
        let scalars = Array(text.unicodeScalars)
        let quote = style == .single ? "'" : style == .double ? "\"" : ""
        var (out, column, wasBlank) = (quote, column + quote.count, false)
        for (index, scalar) in scalars.enumerated() {
            let isInside = index > 0 && index < scalars.count - 1
            let isNextBlank = isInside && scalars[index + 1] == " "
            if scalar == " ", !wasBlank, column > 80, isInside, style == .double || !isNextBlank {
                out += "\n" + String(repeating: " ", count: indent) + (isNextBlank ? "\\" : "")
                (column, wasBlank) = (indent + (isNextBlank ? 1 : 0), true)
                continue
            }
            let written = style == .double ? escaped(scalar) : style == .single && scalar == "'" ? "''" : String(scalar)
            out += written
            column += written.unicodeScalars.count
            wasBlank = scalar == " "
        }
        return out + quote
    }

    /// The header of a block: how its end is kept, and its indentation where the text begins with a blank.
    static func blockHeader(_ text: String) -> String {
        let bytes = Array(text.utf8)
        let hint = bytes.first == 32 || bytes.first == 10 ? "2" : ""
        guard bytes.last == 10 else { return "|\(hint)-" }
        let keepsAll = bytes.count == 1 || bytes[bytes.count - 2] == 10
        return "|\(hint)\(keepsAll ? "+" : "")"
    }

    private static let shortEscapes: [UInt32: String] = [
        0: "\\0", 7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 27: "\\e", 34: "\\\"",
        92: "\\\\", 0x85: "\\N", 0xA0: "\\_", 0x2028: "\\L", 0x2029: "\\P",
    ]

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        // A no-break space is printable to go-yaml and stands as it is.
        if isPrintable(scalar), !isBreak(scalar), scalar != "\"", scalar != "\\" { return String(scalar) }
        if let short = shortEscapes[scalar.value] { return short }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let (letter, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        return "\\\(letter)" + String(repeating: "0", count: width - digits.count) + digits
    }

    /// go-yaml's own notion: no tab, and nothing beyond the basic plane.
    fileprivate static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
        default: false
        }
    }

    fileprivate static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        [0x0A, 0x0D, 0x85, 0x2028, 0x2029].contains(scalar.value)
    }
}

/// What in a text forbids a style.
private struct Analysis {
    private(set) var allowsPlain = true
    private(set) var allowsSingle = true
    private(set) var allowsBlock = true

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, let last = scalars.last else {
            allowsBlock = false
            return
        }
        if text.hasPrefix("---") || text.hasPrefix("...") { allowsPlain = false }
        if Self.isBlank(first) || Self.isBlank(last) { allowsPlain = false }
        if last == " " { allowsBlock = false }
        if "#,[]{}&*!|>'\"%@`".unicodeScalars.contains(first) { allowsPlain = false }
        for (index, scalar) in scalars.enumerated() {
            look(at: scalar, next: scalars.dropFirst(index + 1).first, before: index > 0 ? scalars[index - 1] : nil)
        }
    }

    private mutating func look(at scalar: Unicode.Scalar, next: Unicode.Scalar?, before: Unicode.Scalar?) {
        let isFollowedByBlank = next.map { $0 == " " || $0 == "\t" } ?? true
        if scalar == ":", isFollowedByBlank { allowsPlain = false }
        if scalar == "?" || scalar == "-", before == nil, isFollowedByBlank { allowsPlain = false }
        if scalar == "#", before.map({ $0 == "\t" || Self.isBlank($0) }) ?? true { allowsPlain = false }
        if !YAMLScalar.isPrintable(scalar) { forbidAll() }
        guard YAMLScalar.isBreak(scalar) else {
            // A blank at the start of a line would be taken for indentation.
            if scalar == " ", let before, YAMLScalar.isBreak(before) {
                allowsPlain = false
                allowsSingle = false
            }
            return
        }
        allowsPlain = false
        if before == " " { forbidAll() }
    }

    private mutating func forbidAll() {
        allowsPlain = false
        allowsSingle = false
        allowsBlock = false
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || YAMLScalar.isBreak(scalar) }
}
