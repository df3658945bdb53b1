/// A script as the shell of a container understands it: lists of and-or chains of pipelines of commands.
struct ShellScript: Sendable {
    var items: [AndOr] = []

    struct AndOr: Sendable {
        var first: Pipeline
        var rest: [(isAnd: Bool, pipeline: Pipeline)] = []
        var isBackground = false
    }

    struct Pipeline: Sendable {
        var commands: [ShellCommand]
        var isNegated = false
    }
}

indirect enum ShellCommand: Sendable {
    case simple(assignments: [(name: String, value: ShellWord)], words: [ShellWord], [Redirection])
    case group(ShellScript, isSubshell: Bool, [Redirection])
    case choice(branches: [(condition: ShellScript, body: ShellScript)], otherwise: ShellScript?, [Redirection])
    case loop(condition: ShellScript, isUntil: Bool, body: ShellScript, [Redirection])
    case forEach(name: String, words: [ShellWord]?, body: ShellScript, [Redirection])
    case match(word: ShellWord, arms: [(patterns: [ShellWord], body: ShellScript)], [Redirection])
    case function(name: String, body: ShellScript)

    struct Redirection: Sendable {
        enum Kind: Sendable { case read, write, append, duplicate, here, both }
        var descriptor: Int
        var kind: Kind
        var target: ShellWord
    }
}

/// A word before it is expanded.
struct ShellWord: Sendable {
    var parts: [Part] = []

    indirect enum Part: Sendable {
        case bare(String)
        case quoted(String)
        case parameter(name: String, operation: String, word: ShellWord?, isQuoted: Bool)
        case command(ShellScript, isQuoted: Bool)
        case arithmetic(ShellWord, isQuoted: Bool)
    }

    /// The word where it is a plain one, for keywords and assignments.
    var bareText: String? {
        var text = ""
        for part in parts {
            guard case .bare(let piece) = part else { return nil }
            text += piece
        }
        return text
    }
}

/// Why a script cannot be understood.
enum ShellSyntaxError: Error, Equatable {
    /// More lines may make it right.
    case incomplete
    case unexpected(String)

    var text: String {
        switch self {
        case .incomplete: "Syntax error: end of file unexpected"
        case .unexpected(let token): "Syntax error: \"\(token)\" unexpected"
        }
    }
}
