import Canvas
import Model
import PaneKit

/// From keys, clicks and pastes to commands.
extension Console {
    mutating func press(_ key: Key) -> [Effect] {
        if question != nil { return answer(key) }
        notice = nil
        if prompt != nil { return edit(key) }
        if let sheet { return press(key, on: sheet) }
        switch overlay {
        case .help(var help):
            overlay = nil
            if help.press(key, rows: HelpOverlay.lines(commands, settings.keymap, matching: help.search).count, size) {
                overlay = .help(help)
            }
            return []
        case .palette(let palette): return choose(key, palette)
        case nil: break
        }
        if takesKeys, key != Self.leaveKey { return send(.key(key), to: visible) }
        return run(key)
    }

    /// The one key that a pane which takes keys does not get.
    static let leaveKey = Key.control("]")

    /// Whether what the visible tab shows gets the keys itself.
    var takesKeys: Bool { !tabs.isEmpty && tabs[visible].pane.takesKeys(in: context()) }

    private mutating func run(_ key: Key) -> [Effect] {
        guard let row = settings.keymap.command(for: key, among: commands) else {
            if key == Self.leaveKey { return goBack() }
            show(Notice("\(key) does nothing here · ? shows the keys"))
            return []
        }
        return run(row)
    }

    mutating func run(_ row: Command) -> [Effect] {
        if let reason = row.disabled {
            show(Notice("\(row.title): \(reason)", .warning))
            return []
        }
        return perform(row.id) ?? send(.command(row.id), to: visible)
    }

    private mutating func answer(_ key: Key) -> [Effect] {
        guard let asked = question else { return [] }
        switch key {
        case Key("y"), Key("Y"), .control("c"):
            question = nil
            return asked.yes
        default:
            // Only a plain yes is one: whoever types on in a hurry stays.
            question = nil
            return []
        }
    }

    private mutating func choose(_ key: Key, _ palette: PaletteOverlay) -> [Effect] {
        var palette = palette
        overlay = nil
        let rows = palette.matches(commands, settings.keymap)
        switch palette.press(key, count: rows.count) {
        case .stay: overlay = .palette(palette)
        case .close: break
        case .choose(let index): return run(rows[index].row)
        }
        return []
    }

    mutating func point(_ mouse: MouseEvent) -> [Effect] {
        guard question == nil, prompt == nil else { return [] }
        let layout = layout
        if sheet != nil {
            if mouse.action == .wheelUp { scrollSheet(-3) }
            if mouse.action == .wheelDown { scrollSheet(3) }
            return []
        }
        if layout.tabs.contains(mouse.place), mouse.action == .press || mouse.action == .doublePress {
            return tabSpans().first { $0.columns.contains(mouse.place.x) }.map { turn(to: $0.index) } ?? []
        }
        if overlay != nil {
            if mouse.action == .wheelUp { return press(Key(.up)) }
            if mouse.action == .wheelDown { return press(Key(.down)) }
            return []
        }
        guard layout.body.contains(mouse.place) else { return [] }
        notice = nil
        let place = Point(x: mouse.place.x - layout.body.x, y: mouse.place.y - layout.body.y)
        return send(.mouse(MouseEvent(mouse.action, at: place)), to: visible)
    }

    /// A paste goes into a line of input in one piece and is never read as keys.
    mutating func paste(_ text: String) -> [Effect] {
        if prompt != nil { return edited { $0.insert(text.trimmingNewlines) } }
        if case .palette(var palette) = overlay {
            palette.editor.insert(text.trimmingNewlines)
            overlay = .palette(palette)
            return []
        }
        if sheet != nil {
            show(Notice("pasted text does not count here: type it", .warning))
            return []
        }
        if takesKeys { return send(.paste(text), to: visible) }
        show(Notice("nothing here takes pasted text · : or / open a line of input"))
        return []
    }
}

extension String {
    /// Without the line breaks at its end, which a copied line often brings.
    fileprivate var trimmingNewlines: String {
        var text = self[...]
        while let last = text.last, last.isNewline { text = text.dropLast() }
        return String(text)
    }
}
