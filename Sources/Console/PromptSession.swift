import Canvas
import Model
import PaneKit

/// A line of input while it is open: whose it is, the text, what completes it, and where in the history it stands.
struct PromptSession: Sendable {
    enum Owner: Sendable, Equatable {
        /// The `:` line.
        case line
        /// A choice the console itself asked for.
        case console
        /// The name that lifts an environment's read-only state for so many seconds.
        case lift(EnvironmentID, seconds: Double)
        case pane(Int)
    }

    var prompt: Prompt
    let owner: Owner
    var editor: LineEditor
    /// What fits the text now, best first.
    var offers: [Completion] = []
    /// The offer that up, down or tab have reached.
    var selected: Int?
    /// How many answers back, and the text that stood there before.
    private var back = 0
    private var draft = ""

    init(_ prompt: Prompt, owner: Owner) {
        self.prompt = prompt
        self.owner = owner
        editor = LineEditor(prompt.text)
    }

    /// The offers of a prompt that brought its own completions: for a choice all that contain the text, else those that
    /// continue it.
    mutating func filterOwnOffers() {
        let text = editor.text.lowercased()
        offers = prompt.completions.filter { offer in
            prompt.isChoice ? text.isEmpty || offer.text.lowercased().contains(text) : continues(offer.text, text)
        }
        selected = prompt.isChoice && !offers.isEmpty ? 0 : nil
    }

    private func continues(_ offer: String, _ text: String) -> Bool {
        !text.isEmpty && offer.lowercased().hasPrefix(text) && offer.count > text.count
    }

    /// The word at the end of the line: what an offer replaces. A choice replaces all of it.
    private var lastWord: Substring {
        let text = editor.text[...]
        guard !prompt.isChoice, owner == .line else { return text }
        return text.lastIndex(of: " ").map { text[text.index(after: $0)...] } ?? text
    }

    /// The rest of the best offer, shown faintly behind the cursor.
    func ghost(_ history: [String]) -> String {
        let text = editor.text
        guard editor.isAtEnd, !text.isEmpty else { return "" }
        if let former = history.last(where: { $0.hasPrefix(text) && $0 != text }) {
            return String(former.dropFirst(text.count))
        }
        let word = lastWord
        guard !word.isEmpty, let offer = offers.first(where: { $0.text.lowercased().hasPrefix(word.lowercased()) })
        else { return "" }
        return String(offer.text.dropFirst(word.count))
    }

    /// Puts the selected offer, else the next, in the place of the last word.
    mutating func complete(backwards: Bool) {
        guard !offers.isEmpty else { return }
        let count = offers.count
        if let place = selected, !prompt.isChoice {
            selected = (place + (backwards ? count - 1 : 1)) % count
        } else if selected == nil {
            selected = backwards ? count - 1 : 0
        }
        guard let selected else { return }
        let kept = editor.text.dropLast(lastWord.count)
        editor.replaceAll(with: kept + offers[selected].text)
    }

    mutating func moveSelection(_ step: Int) {
        guard !offers.isEmpty else { return }
        selected = min(max(0, (selected ?? (step > 0 ? -1 : offers.count)) + step), offers.count - 1)
    }

    /// One answer further back (or forth, down to what was being typed).
    mutating func recall(_ step: Int, _ history: [String]) {
        let place = back + step
        guard place >= 0, place <= history.count else { return }
        if back == 0 { draft = editor.text }
        back = place
        editor.replaceAll(with: place == 0 ? draft : history[history.count - place])
    }
}
