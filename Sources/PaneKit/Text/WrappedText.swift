import Canvas

/// Words in lines of so many columns, for whatever must be read whole: reasons, warnings, hints.
public enum WrappedText {
    /// Breaks at blanks, and keeps the text's own line breaks; a word that is wider than a line is cut.
    public static func lines(_ text: String, width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph($0, max(1, width)) }
    }

    /// Cuts a text into pieces of so many columns, blanks and all: for values that must be read exactly.
    public static func pieces(_ text: String, width: Int) -> [String] {
        var pieces: [String] = []
        var rest = text
        while DisplayText.isWider(rest, than: max(1, width)) {
            let piece = head(rest, max(1, width))
            pieces.append(piece)
            rest = String(rest.unicodeScalars.dropFirst(piece.unicodeScalars.count))
        }
        return pieces + [rest]
    }

    /// The beginning that fits; one scalar that is wider than the line has to stand for itself.
    private static func head(_ text: String, _ width: Int) -> String {
        let head = DisplayText.clipped(text, to: width, ellipsis: false)
        return head.isEmpty ? String(text.prefix(1)) : head
    }

    private static func paragraph(_ text: Substring, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            if !line.isEmpty, DisplayText.width(line) + 1 + DisplayText.width(String(word)) > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
            if DisplayText.isWider(line, than: width) {
                let pieces = pieces(line, width: width)
                lines += pieces.dropLast()
                line = pieces.last ?? ""
            }
        }
        return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
    }
}
