import Canvas
import Model
import PaneKit

/// The keys of an open sheet.
extension Console {
    /// Where the sheet may stand: over the pane, and on small screens over all but tabs and bottom line.
    var sheetArea: Rect {
        let layout = layout
        guard layout.body.height < 8 else { return layout.body }
        let top = layout.tabs.maxY
        let end = layout.bottom.isEmpty ? size.height : layout.bottom.y
        return Rect(x: 0, y: top, width: size.width, height: max(0, end - top))
    }

    mutating func press(_ key: Key, on sheet: ActionSheet) -> [Effect] {
        if key == .control("z") { return [.suspend] }
        if key == .control("l") { return [.invalidate] }
        if scroll(key, sheet) { return [] }
        let phase = sheet.phase(in: world)
        // What a refusal advises begins with it: ":unlock 15m".
        if phase.isOver, settings.keymap.command(for: key, among: Self.fixedCommands)?.id == "console.prompt" {
            defer { openLine() }
            return close(Key(.escape), sheet) ?? []
        }
        switch phase {
        case .planning: return pressPlanning(key, sheet)
        case .refused: return close(key, sheet, also: [Key(.enter)]) ?? nothing(key)
        case .needsEditor(let request):
            if key == Key(.enter) || key == Key("e") { return sheet.isSent ? [] : edit(request, sheet.id) }
            return drop(key, sheet) ?? nothing(key)
        case .planned(let plan): return press(key, plan, sheet)
        case .running: return pressRunning(key, sheet)
        case .finished(let report): return press(key, report, sheet)
        }
    }

    private mutating func nothing(_ key: Key) -> [Effect] {
        show(Notice("\(key) does nothing here"))
        return []
    }

    /// Scrolling is the same in every phase; up and down go to the options where there are any.
    private mutating func scroll(_ key: Key, _ sheet: ActionSheet) -> Bool {
        let isPlanned = sheet.phase(in: world).plan != nil
        let hasOptions = isPlanned && !sheet.action.options.isEmpty
        let face = SheetFace(sheet, world: world, isUnicode: isUnicode)
        let (_, page, _) = face.extent(sheetArea.size)
        switch key {
        case Key(.pageDown), .control("f"): scrollSheet(page)
        case Key(.pageUp), .control("b"): scrollSheet(-page)
        case Key(.down) where !hasOptions: scrollSheet(1)
        case Key(.up) where !hasOptions: scrollSheet(-1)
        case Key("j") where !isPlanned: scrollSheet(1)
        case Key("k") where !isPlanned: scrollSheet(-1)
        default: return false
        }
        return true
    }

    mutating func scrollSheet(_ by: Int) {
        guard let sheet else { return }
        let (count, page, top) = SheetFace(sheet, world: world, isUnicode: isUnicode).extent(sheetArea.size)
        withSheet(sheet.id) { $0.top = min(max(0, top + by), max(0, count - page)) }
    }

    /// Closes the sheet by the keys that do; nil for other keys.
    private mutating func close(_ key: Key, _ sheet: ActionSheet, also more: [Key] = []) -> [Effect]? {
        guard ([Key(.escape), Key("q"), .control("c")] + more).contains(key) else { return nil }
        openSheet = nil
        // A value that was shown is gone with its sheet.
        return sheet.phase(in: world).report?.revealed == nil ? [] : forget(sheet.id)
    }

    /// Gives up what has not begun; nil for other keys.
    private mutating func drop(_ key: Key, _ sheet: ActionSheet) -> [Effect]? {
        guard [Key(.escape), .control("c")].contains(key) else { return nil }
        show(Notice("\(sheet.action.title): dropped, nothing was changed"))
        return [.order(sheet.id, .stop)] + forget(sheet.id)
    }

    private mutating func pressPlanning(_ key: Key, _ sheet: ActionSheet) -> [Effect] {
        guard key == Key(.enter) else { return drop(key, sheet) ?? nothing(key) }
        guard sheet.mayRememberEnter(in: world) else {
            withSheet(sheet.id) {
                $0.remark = "this needs to be seen before it is confirmed; enter counts once the plan is here"
            }
            return []
        }
        withSheet(sheet.id) { $0.wantsEnter = true }
        return []
    }

    private mutating func pressRunning(_ key: Key, _ sheet: ActionSheet) -> [Effect] {
        switch key {
        case Key(.escape), Key("q"):
            openSheet = nil
            return []
        case Key(.enter):
            show(Notice("it is under way; esc puts it in the background"))
            return []
        case Key("s"), .control("c"): return [.order(sheet.id, .stop)]
        default: return nothing(key)
        }
    }

    private mutating func press(_ key: Key, _ report: ActionReport, _ sheet: ActionSheet) -> [Effect] {
        switch key {
        case Key("u"):
            guard let offer = report.undo, !sheet.isUndone, offer.until > world.now else {
                show(Notice("there is no way back to take here", .warning))
                return []
            }
            return take(offer, of: sheet.id)
        case Key("p"):
            guard report.canContinue else {
                show(Notice("there is nothing left to go on with", .warning))
                return []
            }
            let now = world.now
            withSheet(sheet.id) { $0.since = now }
            return [.order(sheet.id, .proceed)]
        default: return close(key, sheet, also: [Key(.enter)]) ?? nothing(key)
        }
    }

    // A plan waits for the person.

    private mutating func press(_ key: Key, _ plan: ActionPlan, _ sheet: ActionSheet) -> [Effect] {
        if sheet.isSent || plan.confirmation == .none { return pressBegun(key, sheet) }
        if let effects = drop(key, sheet) { return effects }
        if key == Key(.enter) { return accept(plan, sheet) }
        if let effects = option(key, plan, sheet) { return effects }
        guard case .type = plan.confirmation else { return nothing(key) }
        var editor = sheet.typed
        guard editor.press(key) else { return nothing(key) }
        withSheet(sheet.id) { ($0.typed, $0.remark) = (editor, "") }
        return []
    }

    /// Between the person's word and the first news of it nobody knows what has begun, so it is not said to be dropped.
    private mutating func pressBegun(_ key: Key, _ sheet: ActionSheet) -> [Effect] {
        guard [Key(.escape), .control("c")].contains(key) else {
            show(Notice("it is about to begin; esc asks to stop it"))
            return []
        }
        show(Notice("asked to stop what has not begun"))
        return [.order(sheet.id, .stop)]
    }

    private mutating func accept(_ plan: ActionPlan, _ sheet: ActionSheet) -> [Effect] {
        switch plan.confirmation {
        case .none, .enter: return confirm(sheet.id, typed: "")
        case .type(let word):
            guard sheet.typed.text == word else {
                show(Notice("type \(word) to go ahead; esc leaves everything as it is", .warning))
                return []
            }
            return confirm(sheet.id, typed: word)
        }
    }

    /// Moves between options and changes one; nil when the key is for something else.
    private mutating func option(_ key: Key, _ plan: ActionPlan, _ sheet: ActionSheet) -> [Effect]? {
        let options = sheet.action.options
        guard !options.isEmpty else { return nil }
        var isTyping = false
        if case .type = plan.confirmation { isTyping = true }
        switch key {
        case Key(.tab), Key(.down): focus(1, of: options.count, sheet)
        case Key(.tab, .shift), Key(.up): focus(-1, of: options.count, sheet)
        case Key(.left), Key(.right):
            // While a name is typed the keys move in it, until an option was gone to.
            guard sheet.focus != nil || !isTyping else { return nil }
            return change(options, sheet.focus ?? 0, key == Key(.right) ? 1 : -1, sheet)
        default: return nil
        }
        return []
    }

    private mutating func focus(_ step: Int, of count: Int, _ sheet: ActionSheet) {
        // One place more than there are options: where none is gone to.
        let place = ((sheet.focus ?? count) + step + count + 1) % (count + 1)
        withSheet(sheet.id) { ($0.focus, $0.top) = (place == count ? nil : place, nil) }
    }

    private mutating func change(_ options: [ActionOption], _ index: Int, _ step: Int, _ sheet: ActionSheet) -> [Effect]
    {
        let option = options[index]
        let count = option.choices.count
        let action = sheet.action.choosing((option.selected + step + count) % count, of: option.id)
        let now = world.now
        withSheet(sheet.id) { ($0.action, $0.focus, $0.since, $0.remark) = (action, index, now, "") }
        return [.order(sheet.id, .plan(action))]
    }
}
