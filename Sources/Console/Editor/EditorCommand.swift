import Model
import PaneKit

/// The person's editor with the file and, where the editor is known to take it, the line.
struct EditorCommand: Equatable {
    var words: [String]

    /// Editors that take `+LINE` before the file.
    private static let takesLine: Set<String> = [
        "vi", "vim", "nvim", "view", "vim.basic", "vim.tiny", "nano", "pico", "emacs", "emacsclient", "joe", "jed",
        "mg",
        "ne", "micro", "kak", "ed", "ex",
    ]

    /// `$KUBE_EDITOR`, else `$EDITOR`, else vi. The variable is split at blanks, quotes keep words together; nothing of it
    /// and nothing of the file's name ever passes through a shell.
    init(_ request: EditorRequest, variables: [String: String]) {
        let named = [variables["KUBE_EDITOR"], variables["EDITOR"]].compactMap { $0 }
            .map { CommandLine($0) }.first { !$0.word.isEmpty }
        let program = named.map { [$0.word] + $0.arguments } ?? ["vi"]
        let name = program[0].split(separator: "/").last.map(String.init) ?? program[0]
        let line = request.line > 1 && Self.takesLine.contains(name) ? ["+\(request.line)"] : []
        words = program + line + [request.path]
    }
}
