/// Understands a script.
struct ShellParser {
    private var lexer: ShellLexer
    private var token = ShellLexer.Token.end
    /// Here-documents are read at the end of their line, after their redirection was made: they are put in at the end.
    private var hereNumbers = false
    private var depth = 0
    /// Commands within commands; more would need more stack than a thread has.
    private static let deepest = 60

    static func parse(_ text: String) throws(ShellSyntaxError) -> ShellScript {
        guard !isTooDeep(text) else { throw .unexpected("(") }
        var parser = ShellParser(lexer: ShellLexer(text))
        try parser.advance()
        let script = try parser.list(until: [])
        guard case .end = parser.token else { throw .unexpected(parser.tokenText) }
        return parser.hereNumbers ? parser.filled(script) : script
    }

    /// Substitutions are parsed within each other, each by a parser of its own.
    private static func isTooDeep(_ text: String) -> Bool {
        var depth = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "(") { depth += 1 } else if byte == UInt8(ascii: ")") { depth = max(0, depth - 1) }
            if depth > deepest { return true }
        }
        return false
    }

    private init(lexer: ShellLexer) { self.lexer = lexer }

    private mutating func advance() throws(ShellSyntaxError) { token = try lexer.next() }

    private var keyword: String? {
        guard case .word(let word) = token else { return nil }
        return word.bareText
    }

    private var tokenText: String {
        switch token {
        case .word(let word): word.bareText ?? "word"
        case .op(let op): op
        case .newline: "newline"
        case .end: "end of file"
        }
    }

    private func isOp(_ op: String) -> Bool {
        if case .op(let found) = token { return found == op }
        return false
    }

    private mutating func skipNewlines() throws(ShellSyntaxError) {
        while case .newline = token { try advance() }
    }

    private mutating func expect(_ word: String) throws(ShellSyntaxError) {
        try skipNewlines()
        if case .end = token { throw .incomplete }
        guard keyword == word || isOp(word) else { throw .unexpected(tokenText) }
        try advance()
    }

    private mutating func list(until closers: Set<String>) throws(ShellSyntaxError) -> ShellScript {
        var script = ShellScript()
        while true {
            while true {
                if case .newline = token { try advance() } else { break }
            }
            if case .end = token { break }
            if let keyword, closers.contains(keyword) { break }
            if isOp(")") || isOp(";;") { break }
            var chain = try chain()
            if isOp("&") {
                chain.isBackground = true
                try advance()
            } else if isOp(";") {
                try advance()
            }
            script.items.append(chain)
            switch token {
            case .word, .op("("), .newline, .end, .op(")"), .op(";;"): continue
            case .op: throw .unexpected(tokenText)
            }
        }
        return script
    }

    private mutating func chain() throws(ShellSyntaxError) -> ShellScript.AndOr {
        var chain = ShellScript.AndOr(first: try pipeline())
        while isOp("&&") || isOp("||") {
            let isAnd = isOp("&&")
            try advance()
            try skipNewlines()
            chain.rest.append((isAnd, try pipeline()))
        }
        return chain
    }

    private mutating func pipeline() throws(ShellSyntaxError) -> ShellScript.Pipeline {
        var isNegated = false
        if keyword == "!" {
            isNegated = true
            try advance()
        }
        var commands = [try command()]
        while isOp("|") {
            try advance()
            try skipNewlines()
            commands.append(try command())
        }
        return ShellScript.Pipeline(commands: commands, isNegated: isNegated)
    }

    private mutating func command() throws(ShellSyntaxError) -> ShellCommand {
        if case .end = token { throw .incomplete }
        guard depth < Self.deepest else { throw .unexpected(tokenText) }
        depth += 1
        defer { depth -= 1 }
        if isOp("(") {
            try advance()
            let body = try list(until: [])
            try expect(")")
            return .group(body, isSubshell: true, try redirections())
        }
        switch keyword {
        case "{":
            try advance()
            let body = try list(until: ["}"])
            try expect("}")
            return .group(body, isSubshell: false, try redirections())
        case "if": return try choice()
        case "while", "until": return try loop()
        case "for": return try forEach()
        case "case": return try match()
        case "then", "do", "done", "fi", "else", "elif", "esac", "}": throw .unexpected(tokenText)
        default: return try simple()
        }
    }

    private mutating func choice() throws(ShellSyntaxError) -> ShellCommand {
        var branches: [(ShellScript, ShellScript)] = []
        var otherwise: ShellScript?
        repeat {
            try advance()
            let condition = try list(until: ["then"])
            try expect("then")
            branches.append((condition, try list(until: ["elif", "else", "fi"])))
        } while keyword == "elif"
        if keyword == "else" {
            try advance()
            otherwise = try list(until: ["fi"])
        }
        try expect("fi")
        return .choice(branches: branches, otherwise: otherwise, try redirections())
    }

    private mutating func loop() throws(ShellSyntaxError) -> ShellCommand {
        let isUntil = keyword == "until"
        try advance()
        let condition = try list(until: ["do"])
        let body = try loopBody()
        return .loop(condition: condition, isUntil: isUntil, body: body, try redirections())
    }

    private mutating func loopBody() throws(ShellSyntaxError) -> ShellScript {
        try expect("do")
        let body = try list(until: ["done"])
        try expect("done")
        return body
    }

    private mutating func forEach() throws(ShellSyntaxError) -> ShellCommand {
        try advance()
        guard let name = keyword else { throw .unexpected(tokenText) }
        try advance()
        try skipNewlines()
        var words: [ShellWord]?
        if keyword == "in" {
            try advance()
            var found: [ShellWord] = []
            while case .word(let word) = token {
                found.append(word)
                try advance()
            }
            words = found
        }
        if isOp(";") { try advance() }
        let body = try loopBody()
        return .forEach(name: name, words: words, body: body, try redirections())
    }

    private mutating func match() throws(ShellSyntaxError) -> ShellCommand {
        try advance()
        guard case .word(let word) = token else { throw .unexpected(tokenText) }
        try advance()
        try expect("in")
        var arms: [([ShellWord], ShellScript)] = []
        try skipNewlines()
        while keyword != "esac" {
            if case .end = token { throw .incomplete }
            if isOp("(") { try advance() }
            var patterns: [ShellWord] = []
            while case .word(let pattern) = token {
                patterns.append(pattern)
                try advance()
                guard isOp("|") else { break }
                try advance()
            }
            try expect(")")
            arms.append((patterns, try list(until: ["esac"])))
            if isOp(";;") { try advance() }
            try skipNewlines()
        }
        try advance()
        return .match(word: word, arms: arms, try redirections())
    }

    private mutating func simple() throws(ShellSyntaxError) -> ShellCommand {
        var assignments: [(String, ShellWord)] = []
        var words: [ShellWord] = []
        var redirections: [ShellCommand.Redirection] = []
        while true {
            if let redirection = try redirection() {
                redirections.append(redirection)
            } else if case .word(let word) = token {
                try advance()
                if words.isEmpty, let assignment = Self.assignment(word) {
                    assignments.append(assignment)
                } else {
                    words.append(word)
                }
                if words.count == 1, isOp("("), let name = word.bareText {
                    try advance()
                    try expect(")")
                    try skipNewlines()
                    return .function(name: name, body: ShellScript(items: [ShellScript.AndOr(first: try pipeline())]))
                }
            } else {
                break
            }
        }
        guard !assignments.isEmpty || !words.isEmpty || !redirections.isEmpty else { throw .unexpected(tokenText) }
        return .simple(assignments: assignments, words: words, redirections)
    }

    private static func assignment(_ word: ShellWord) -> (String, ShellWord)? {
        guard case .bare(let head)? = word.parts.first, let sign = head.firstIndex(of: "=") else { return nil }
        let name = head[..<sign]
        guard let first = name.first, first.isLetter || first == "_",
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" })
        else { return nil }
        var value = ShellWord(parts: Array(word.parts.dropFirst()))
        let rest = head[head.index(after: sign)...]
        if !rest.isEmpty { value.parts.insert(.bare(String(rest)), at: 0) }
        return (String(name), value)
    }

    private mutating func redirections() throws(ShellSyntaxError) -> [ShellCommand.Redirection] {
        var all: [ShellCommand.Redirection] = []
        while let one = try redirection() { all.append(one) }
        return all
    }

    private mutating func redirection() throws(ShellSyntaxError) -> ShellCommand.Redirection? {
        guard case .op(let op) = token else { return nil }
        let digit = op.first.flatMap { $0.isNumber ? Int(String($0)) : nil }
        let bare = digit == nil ? op : String(op.dropFirst())
        let kinds: [String: (ShellCommand.Redirection.Kind, Int)] = [
            "<": (.read, 0), ">": (.write, 1), ">>": (.append, 1), ">&": (.duplicate, 1), "<&": (.duplicate, 0),
            "<<": (.here, 0), "&>": (.both, 1),
        ]
        guard let (kind, standard) = kinds[bare] else { return nil }
        try advance()
        guard case .word(var target) = token else {
            if case .end = token { throw .incomplete }
            throw .unexpected(tokenText)
        }
        if kind == .here {
            hereNumbers = true
            target = ShellWord(parts: [.quoted("\(lexer.expectHere(target))")])
        }
        try advance()
        return ShellCommand.Redirection(descriptor: digit ?? standard, kind: kind, target: target)
    }
}

// MARK: Here-documents
extension ShellParser {
    private func filled(_ script: ShellScript) -> ShellScript {
        var script = script
        for index in script.items.indices {
            script.items[index].first = filled(script.items[index].first)
            for rest in script.items[index].rest.indices {
                script.items[index].rest[rest].pipeline = filled(script.items[index].rest[rest].pipeline)
            }
        }
        return script
    }

    private func filled(_ pipeline: ShellScript.Pipeline) -> ShellScript.Pipeline {
        ShellScript.Pipeline(commands: pipeline.commands.map(filled), isNegated: pipeline.isNegated)
    }

    private func filled(_ redirections: [ShellCommand.Redirection]) -> [ShellCommand.Redirection] {
        redirections.map { redirection in
            guard redirection.kind == .here, case .quoted(let number)? = redirection.target.parts.first,
                let text = Int(number).flatMap({ lexer.hereTexts[$0] })
            else { return redirection }
            var redirection = redirection
            redirection.target = text
            return redirection
        }
    }

    private func filled(_ command: ShellCommand) -> ShellCommand {
        switch command {
        case .simple(let assignments, let words, let all):
            .simple(assignments: assignments, words: words, filled(all))
        case .group(let body, let isSubshell, let all): .group(filled(body), isSubshell: isSubshell, filled(all))
        case .choice(let branches, let otherwise, let all):
            .choice(
                branches: branches.map { (filled($0.condition), filled($0.body)) }, otherwise: otherwise.map(filled),
                filled(all))
        case .loop(let condition, let isUntil, let body, let all):
            .loop(condition: filled(condition), isUntil: isUntil, body: filled(body), filled(all))
        case .forEach(let name, let words, let body, let all):
            .forEach(name: name, words: words, body: filled(body), filled(all))
        case .match(let word, let arms, let all):
            .match(word: word, arms: arms.map { ($0.patterns, filled($0.body)) }, filled(all))
        case .function(let name, let body): .function(name: name, body: filled(body))
        }
    }
}
