import Canvas

/// YAML with its keys, values and comments told apart; by the line, since it is only for reading.
public enum YAMLText {
    public static func lines(_ yaml: String) -> [StyledLine] {
        var block: Int?
        return yaml.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let indent = line.prefix { $0 == " " }.count
            if let open = block {
                if line.isEmpty || indent > open { return StyledLine(String(line), CellStyle(.string)) }
                block = nil
            }
            if line.hasSuffix("|") || line.hasSuffix("|-") || line.hasSuffix(">") || line.hasSuffix(">-") {
                block = indent
            }
            return styled(line)
        }
    }

    private static func styled(_ line: Substring) -> StyledLine {
        var rest = line
        var spans: [StyledLine.Span] = []
        let lead = rest.prefix { $0 == " " || $0 == "-" }
        if rest.hasPrefix(lead), !lead.isEmpty {
            spans.append(.init(String(lead), CellStyle(.muted)))
            rest = rest.dropFirst(lead.count)
        }
        guard let colon = keyEnd(rest) else { return StyledLine(spans + [.init(String(rest), style(rest))]) }
        spans.append(.init(String(rest[..<colon]), CellStyle(.keyword)))
        spans.append(.init(":", CellStyle(.muted)))
        let value = rest[rest.index(after: colon)...]
        spans.append(.init(String(value), style(value)))
        return StyledLine(spans)
    }

    /// The colon that ends a key: the first that is followed by a blank or by nothing.
    private static func keyEnd(_ text: Substring) -> Substring.Index? {
        guard text.first != "\"", text.first != "#" else { return nil }
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if text[index] == ":", next == text.endIndex || text[next] == " " { return index }
            index = next
        }
        return nil
    }

    private static func style(_ value: Substring) -> CellStyle {
        let word = value.drop { $0 == " " }
        if word.first == "#" { return CellStyle(.comment) }
        if Double(word) != nil || ["true", "false", "null"].contains(String(word)) { return CellStyle(.number) }
        return CellStyle(.string)
    }
}
