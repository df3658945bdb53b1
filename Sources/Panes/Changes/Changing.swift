import Model
import PaneKit

/// The changes of one pane: their rows, and the questions that are open before one becomes an action.
struct Changing: Sendable {
    private struct Open: Sendable {
        var change: Change
        var subject: ChangeSubject
        var answers: [String] = []
    }

    private var open: Open?

    /// The rows of some changes (all by default), each with the reason why it cannot be used now.
    static func rows(
        _ ids: [Command.ID] = Changes.all.map(\.row.id), for subject: ChangeSubject, in context: PaneContext
    ) -> [Command] {
        ids.compactMap { Changes.named($0) }.map { $0.row.disabled($0.disabled(subject, in: context)) }
    }

    /// Begins a change; nil when the row is none of these.
    mutating func perform(_ id: Command.ID, on subject: ChangeSubject) -> [Effect]? {
        guard let change = Changes.named(id) else { return nil }
        open = Open(change: change, subject: subject)
        return goOn()
    }

    /// Takes in an answer; nil when the prompt is none of these.
    mutating func answer(_ id: Prompt.ID, _ outcome: PromptOutcome) -> [Effect]? {
        guard id == "change" else { return nil }
        switch outcome {
        case .changed: return []
        case .cancelled:
            open = nil
            return []
        case .accepted(let text):
            open?.answers.append(text)
            return goOn()
        }
    }

    /// The next question, or the action.
    private mutating func goOn() -> [Effect] {
        guard var now = open else { return [] }
        while now.answers.count < now.change.questions.count {
            if let prompt = now.change.questions[now.answers.count](now.subject, now.answers) {
                open = now
                return [.ask(prompt)]
            }
            now.answers.append("")
        }
        open = nil
        guard let environment = now.subject.environment else { return [.notice(Notice(now.subject.nothing))] }
        do {
            let verb = try now.change.make(now.subject, now.answers)
            return [.act(Action(verb, on: now.subject.objects, in: environment))]
        } catch {
            return askAgain(now, error)
        }
    }

    /// The last question once more, with what was typed.
    private mutating func askAgain(_ now: Open, _ mistake: Change.Mistake) -> [Effect] {
        var now = now
        let text = now.answers.popLast() ?? ""
        guard var prompt = now.change.questions.last?(now.subject, now.answers) else {
            return [.notice(Notice(mistake.words, .warning))]
        }
        prompt.text = text
        open = now
        return [.ask(prompt), .notice(Notice(mistake.words, .warning))]
    }
}
