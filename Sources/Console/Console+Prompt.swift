import Canvas
import Model
import PaneKit

/// Lines of input: opening, editing, answering.
extension Console {
    mutating func openLine() {
        prompt = PromptSession(Prompt("line", label: ":", history: "line"), owner: .line)
        offer()
    }

    /// A prompt of the same id that is open already keeps its text and takes the new label and completions.
    mutating func ask(_ wanted: Prompt, from index: Int) {
        if let open = prompt, open.owner == .pane(index), open.prompt.id == wanted.id {
            prompt?.prompt.label = wanted.label
            prompt?.prompt.completions = wanted.completions
        } else {
            prompt = PromptSession(wanted, owner: .pane(index))
        }
        offer()
    }

    /// A choice between words, asked by the console itself; the answer is taken as the end of a `:` line.
    mutating func choose(_ command: String, label: String, _ words: [Completion]) {
        let wanted = Prompt(Prompt.ID(command), label: label, completions: words, isChoice: true)
        prompt = PromptSession(wanted, owner: .console)
        offer()
    }

    mutating func edit(_ key: Key) -> [Effect] {
        guard let open = prompt else { return [] }
        switch key {
        case Key(.escape), .control("c"), .control("g"): return close(.cancelled)
        case Key(.enter): return accept()
        case Key(.backspace) where open.editor.characters.isEmpty && open.owner == .line: return close(.cancelled)
        case Key(.tab), Key(.tab, .shift):
            return edited(keepingOffers: true) { _ in
            } completing: {
                $0.complete(backwards: key.modifiers.contains(.shift))
            }
        case Key(.up), .control("p"): return vertical(-1)
        case Key(.down), .control("n"): return vertical(1)
        case Key(.right), Key(.end), .control("e"), .control("f"):
            let rest = open.ghost(history[open.prompt.history])
            if !rest.isEmpty { return edited { $0.insert(rest) } }
        default: break
        }
        var understood = true
        let effects = edited { understood = $0.press(key) }
        if !understood { show(Notice("\(key) does nothing in a line of input · esc leaves it")) }
        return effects
    }

    private mutating func vertical(_ step: Int) -> [Effect] {
        guard let open = prompt else { return [] }
        if open.prompt.isChoice {
            prompt?.moveSelection(step)
            return []
        }
        let former = history[open.prompt.history]
        return edited { _ in
        } completing: {
            $0.recall(-step, former)
        }
    }

    /// Changes the text and reports it where each change is wanted.
    mutating func edited(
        keepingOffers: Bool = false, _ change: (inout LineEditor) -> Void,
        completing: (inout PromptSession) -> Void = { _ in }
    ) -> [Effect] {
        guard var open = prompt else { return [] }
        let before = open.editor.text
        change(&open.editor)
        completing(&open)
        prompt = open
        guard open.editor.text != before else { return [] }
        if !keepingOffers { offer() }
        guard open.prompt.isLive, case .pane(let index) = open.owner else { return [] }
        return send(.prompt(open.prompt.id, .changed(open.editor.text)), to: index)
    }

    /// Finds what fits the text now.
    private mutating func offer() {
        guard var open = prompt else { return }
        if open.owner == .line {
            open.offers = completions(of: open.editor.text)
            open.selected = nil
        } else {
            open.filterOwnOffers()
        }
        prompt = open
    }

    private mutating func close(_ outcome: PromptOutcome) -> [Effect] {
        guard let open = prompt else { return [] }
        prompt = nil
        guard case .pane(let index) = open.owner else { return [] }
        return send(.prompt(open.prompt.id, outcome), to: index)
    }

    private mutating func accept() -> [Effect] {
        guard let open = prompt else { return [] }
        var text = open.editor.text
        if open.prompt.isChoice {
            guard let selected = open.selected, open.offers.indices.contains(selected) else {
                show(Notice("nothing fits \"\(text)\"", .warning))
                return []
            }
            text = open.offers[selected].text
        }
        history.add(text, to: open.prompt.history)
        switch open.owner {
        case .pane: return close(.accepted(text))
        case .line:
            prompt = nil
            return interpret(text)
        case .lift(let environment, let seconds):
            prompt = nil
            return lift(environment, seconds, typed: text)
        case .console:
            prompt = nil
            return interpret(open.prompt.id.name + " " + text)
        }
    }
}
