import Canvas
import PaneKit
import Pattern

/// Finds a command by its words: every row that can be run here, the best match first.
struct PaletteOverlay: Sendable {
    var editor = LineEditor()
    private var selected = 0

    struct Match: Sendable {
        var row: Command
        var keys: String
        var score: Int
    }
    enum Outcome {
        case stay, close
        case choose(Int)
    }

    /// Rows that cannot be used now stand behind the others, with their reason.
    func matches(_ rows: [Command], _ keymap: Keymap) -> [Match] {
        // A fuzzy pattern takes any text; if that should change, everything is shown.
        let pattern = try? Pattern(editor.text, syntax: .fuzzy)
        let found = rows.filter { $0.id != "console.palette" }.compactMap { row -> Match? in
            let text = "\(row.title) · \(row.help) · \(row.group)"
            guard let score = pattern.map({ $0.fuzzyScore(text) }) ?? 0 else { return nil }
            let keys = keymap.keys(of: row).first.map(\.description) ?? ""
            return Match(row: row, keys: keys, score: score)
        }
        let order = found.enumerated().sorted { a, b in
            let (left, right) = (a.element, b.element)
            if (left.row.disabled == nil) != (right.row.disabled == nil) { return left.row.disabled == nil }
            return left.score != right.score ? left.score > right.score : a.offset < b.offset
        }
        return order.map(\.element)
    }

    mutating func press(_ key: Key, count: Int) -> Outcome {
        switch key {
        case Key(.escape), .control("c"), .control("p"), .control("g"): return .close
        case Key(.enter): return count == 0 ? .stay : .choose(min(selected, count - 1))
        case Key(.down), Key(.tab), .control("n"): selected = min(selected + 1, max(0, count - 1))
        case Key(.up), Key(.tab, .shift): selected = max(0, min(selected, count - 1) - 1)
        case Key(.pageDown): selected = min(selected + 10, max(0, count - 1))
        case Key(.pageUp): selected = max(0, selected - 10)
        default:
            if editor.press(key) { selected = 0 }
        }
        return .stay
    }

    func draw(into region: Region, _ rows: [Match]) {
        let width = min(region.width, 90)
        let height = min(region.height, max(4, rows.count + 2))
        let box = region.sub(Rect(x: (region.width - width) / 2, y: 0, width: width, height: height))
        box.fill(style: CellStyle(.text, on: .popup))
        let used = box.put("> ", x: 1, y: 0, style: CellStyle(.accent, on: .popup))
        box.putClipped(editor.text, x: 1 + used, y: 0, style: CellStyle(.text, on: .popup), limit: width - used - 2)
        box.setCursor(x: min(width - 1, 1 + used + DisplayText.width(editor.beforeCursor)), y: 0)
        let room = max(0, height - 1)
        let chosen = min(selected, rows.count - 1)
        let start = max(0, min(chosen - room / 2, rows.count - room))
        if rows.isEmpty {
            box.putClipped("no command matches", x: 3, y: 1, style: CellStyle(.muted, on: .popup), limit: width - 4)
        }
        for (offset, match) in rows.dropFirst(start).prefix(room).enumerated() {
            draw(match, isChosen: start + offset == chosen, into: box, y: 1 + offset)
        }
    }

    private func draw(_ match: Match, isChosen: Bool, into box: Region, y: Int) {
        let ground: Ground = isChosen ? .selection : .popup
        box.fill(Rect(x: 0, y: y, width: box.width, height: 1), style: CellStyle(.text, on: ground))
        let title = CellStyle(match.row.disabled == nil ? .text : .muted, on: ground)
        let used = box.putClipped(match.row.title, x: 3, y: y, style: title, limit: min(22, box.width - 4))
        let keyWidth = min(12, box.width / 4)
        let about = match.row.disabled ?? match.row.help
        let start = max(used + 5, min(26, box.width / 3))
        box.putClipped(
            about, x: start, y: y, style: CellStyle(.muted, on: ground), limit: box.width - start - keyWidth - 2)
        box.putRight(match.keys, x: box.width - keyWidth - 1, y: y, style: CellStyle(.key, on: ground), limit: keyWidth)
    }
}
