import Canvas
import PaneKit

/// The keys that do something here, by group; searched by typing after `/`.
struct HelpOverlay: Sendable {
    var search = ""
    private var isSearching = false
    private(set) var top = 0

    enum Line: Sendable {
        case heading(String)
        case row(keys: String, Command)
        case blank
    }

    /// All rows that match the search in title, help, keys or group.
    static func lines(_ rows: [Command], _ keymap: Keymap, matching search: String) -> [Line] {
        let wanted = search.lowercased()
        var groups: [(name: String, rows: [Line])] = []
        for row in rows {
            let keys = keymap.keys(of: row).map(\.description).joined(separator: " ")
            let text = "\(row.title) \(row.help) \(keys) \(row.group) \(row.id)".lowercased()
            guard wanted.isEmpty || text.contains(wanted) else { continue }
            if let index = groups.firstIndex(where: { $0.name == row.group }) {
                groups[index].rows.append(.row(keys: keys, row))
            } else {
                groups.append((row.group, [.row(keys: keys, row)]))
            }
        }
        return Array(groups.map { [.heading($0.name)] + $0.rows }.joined(separator: [.blank]))
    }

    /// False when help is to be closed.
    mutating func press(_ key: Key, rows: Int, _ size: Size) -> Bool {
        if isSearching { return type(key) }
        let page = max(1, size.height - 6)
        switch key {
        case Key(.escape) where !search.isEmpty: (search, top) = ("", 0)
        case Key(.escape), Key("q"), Key("?"), Key(.enter), .control("c"): return false
        case Key("/"): isSearching = true
        case Key("j"), Key(.down): top += 1
        case Key("k"), Key(.up): top -= 1
        case Key(.pageDown), Key(" "), .control("f"): top += page
        case Key(.pageUp), .control("b"): top -= page
        case Key("g"), Key(.home): top = 0
        case Key("G"), Key(.end): top = rows
        default: break
        }
        top = max(0, min(top, rows - 1))
        return true
    }

    private mutating func type(_ key: Key) -> Bool {
        top = 0
        var editor = LineEditor(search)
        switch key {
        case Key(.enter): isSearching = false
        case Key(.escape), .control("c"): (isSearching, search) = (false, "")
        default:
            _ = editor.press(key)
            search = editor.text
        }
        return true
    }

    func draw(into region: Region, _ lines: [Line]) {
        region.fill(style: CellStyle(.text, on: .popup))
        let hint =
            isSearching ? "/\(search)" : search.isEmpty ? "/ searches · esc closes" : "/\(search) · esc shows all"
        region.putClipped("Keys", x: 1, y: 0, style: CellStyle(.title, on: .popup), limit: region.width - 1)
        region.putRight(hint, x: 7, y: 0, style: CellStyle(.muted, on: .popup), limit: region.width - 8)
        if isSearching { region.setCursor(x: region.width - 1, y: 0) }
        let (_, list) = region.bounds.splitTop(region.height > 2 ? 2 : 1)
        guard list.height > 0 else { return }
        if lines.isEmpty {
            region.sub(list).putClipped(
                "no key matches", x: 1, y: 0, style: CellStyle(.muted, on: .popup), limit: list.width)
        }
        let columns = list.width >= 110 ? 2 : 1
        let (each, rows) = (list.width / columns, list.height)
        let start = min(top, max(0, lines.count - rows * columns))
        let hidden = lines.count - start - rows * columns
        if hidden > 0 || start > 0 {
            let more = hidden > 0 ? "\(hidden) more below" : "\(start) more above"
            region.putClipped(more, x: 8, y: 0, style: CellStyle(.muted, on: .popup), limit: 20)
        }
        for (offset, line) in lines.dropFirst(start).prefix(rows * columns).enumerated() {
            let part = Rect(x: list.x + offset / rows * each, y: list.y + offset % rows, width: each, height: 1)
            draw(line, into: region.sub(part))
        }
    }

    private func draw(_ line: Line, into region: Region) {
        switch line {
        case .blank: break
        case .heading(let text):
            region.putClipped(text, x: 1, y: 0, style: CellStyle(.header, on: .popup, .bold), limit: region.width - 1)
        case .row(let keys, let row):
            let width = min(16, region.width / 3)
            let faint = row.disabled != nil
            region.putClipped(
                keys, x: 2, y: 0, style: CellStyle(faint ? .muted : .key, on: .popup), limit: width - 1)
            region.putClipped(
                Self.words(for: row, room: region.width - width - 3), x: width + 2, y: 0,
                style: CellStyle(faint ? .muted : .text, on: .popup), limit: region.width - width - 3)
        }
    }

    /// What a row does, and why it cannot be used now; where both do not fit, the reason matters more.
    private static func words(for row: Command, room: Int) -> String {
        guard let reason = row.disabled else { return row.help }
        let both = "\(row.help) (\(reason))"
        return DisplayText.isWider(both, than: room) ? "\(row.title): \(reason)" : both
    }
}
