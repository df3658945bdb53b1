import Canvas
import Core
import Foundation
import Model

/// Has the person confirm on a command line: by an option, or at a prompt where there is a terminal.
struct Confirming {
    let options: ActionOptions
    init(_ options: ActionOptions) { self.options = options }

    /// The word to pass on. Throws when there is nobody to ask.
    func word(for confirmation: ActionPlan.Confirmation) throws -> String {
        switch confirmation {
        case .none: return ""
        case .enter:
            if options.yes || options.confirm != nil { return "" }
            guard isTerminal else { throw PlainFailure(.mistaken, "it is not confirmed: add --yes") }
            _ = try answer(to: "enter goes on, ctrl-c leaves: ")
            return ""
        case .type(let word):
            if let confirm = options.confirm { return confirm }
            guard isTerminal else { throw PlainFailure(.refused, "it is not confirmed: add --confirm \(word)") }
            return try answer(to: "type \(word) to go on: ")
        }
    }

    private var isTerminal: Bool { isatty(STDIN_FILENO) != 0 }

    private func answer(to question: String) throws -> String {
        FileHandle.standardError.write(Data(DisplayText.safe(question).utf8))
        guard let line = readLine() else { throw PlainFailure(.refused, "it was not confirmed; nothing was changed") }
        return line
    }
}
