/// Cuts a script into words and operators.
struct ShellLexer {
    enum Token {
        case word(ShellWord)
        case op(String)
        case newline
        case end
    }

    private let text: [Character]
    private var at = 0
    /// Here-documents whose text begins after the present line.
    private var pendingHere: [(delimiter: String, expands: Bool, put: Int)] = []
    private(set) var hereTexts: [Int: ShellWord] = [:]
    private var nextHere = 0

    init(_ text: String) { self.text = Array(text.replacing("\r\n", with: "\n")) }

    private static let operators = ["&&", "||", ";;", ">>", "<<", "2>&", ">&", "&>", "|", "&", ";", "<", ">", "(", ")"]

    mutating func next() throws(ShellSyntaxError) -> Token {
        skipBlanks()
        guard let character = peek() else { return .end }
        if character == "\n" {
            at += 1
            try readHereTexts()
            return .newline
        }
        if let op = redirectionDigit() { return .op(op) }
        for op in Self.operators where op.first != "2" && starts(with: op) {
            at += op.count
            return .op(op)
        }
        return .word(try word())
    }

    /// Notes that the text of a here-document is to be read; the number names it in `hereTexts`.
    mutating func expectHere(_ delimiter: ShellWord) -> Int {
        var text = ""
        var isQuoted = false
        for part in delimiter.parts {
            switch part {
            case .bare(let piece): text += piece
            case .quoted(let piece):
                text += piece
                isQuoted = true
            default: continue
            }
        }
        nextHere += 1
        pendingHere.append((text, !isQuoted, nextHere))
        return nextHere
    }

    private mutating func readHereTexts() throws(ShellSyntaxError) {
        for here in pendingHere {
            var lines = ""
            while true {
                guard at < text.count else { throw .incomplete }
                var line = ""
                while let character = peek(), character != "\n" {
                    line.append(character)
                    at += 1
                }
                at += 1
                if line == here.delimiter { break }
                lines += line + "\n"
            }
            if here.expands {
                var inner = ShellLexer(lines)
                hereTexts[here.put] = ShellWord(parts: try inner.doubleQuoted(until: nil))
            } else {
                hereTexts[here.put] = ShellWord(parts: [.quoted(lines)])
            }
        }
        pendingHere = []
    }

    private mutating func skipBlanks() {
        while let character = peek() {
            if character == " " || character == "\t" {
                at += 1
            } else if character == "\\", peek(1) == "\n" {
                at += 2
            } else if character == "#" {
                while let next = peek(), next != "\n" { at += 1 }
            } else {
                return
            }
        }
    }

    /// `2>`, `1>>`, `2>&`, `0<`: a digit that stands right before a redirection.
    private mutating func redirectionDigit() -> String? {
        guard let digit = peek(), "012".contains(digit), let next = peek(1), next == "<" || next == ">" else {
            return nil
        }
        at += 1
        for op in [">>", ">&", "<&", "<<", "<", ">"] where starts(with: op) {
            at += op.count
            return "\(digit)\(op)"
        }
        return nil
    }

    private func peek(_ ahead: Int = 0) -> Character? { at + ahead < text.count ? text[at + ahead] : nil }

    private func starts(with op: String) -> Bool {
        at + op.count <= text.count && text[at..<at + op.count].elementsEqual(op)
    }
}

// MARK: Words
extension ShellLexer {
    private mutating func word() throws(ShellSyntaxError) -> ShellWord {
        var word = ShellWord()
        var bare = ""
        func flush(_ word: inout ShellWord, _ bare: inout String) {
            if !bare.isEmpty { word.parts.append(.bare(bare)) }
            bare = ""
        }
        while let character = peek() {
            if " \t\n;&|<>()".contains(character) { break }
            switch character {
            case "'":
                flush(&word, &bare)
                word.parts.append(.quoted(try singleQuoted()))
            case "\"":
                flush(&word, &bare)
                at += 1
                let parts = try doubleQuoted(until: "\"")
                word.parts += parts.isEmpty ? [.quoted("")] : parts
            case "\\":
                at += 1
                guard let next = peek() else { throw .incomplete }
                at += 1
                if next != "\n" {
                    flush(&word, &bare)
                    word.parts.append(.quoted(String(next)))
                }
            case "$" where peek(1) == "'":
                flush(&word, &bare)
                at += 1
                word.parts.append(.quoted(EscapeText.decoded(try singleQuoted(keepsEscapes: true))))
            case "$", "`":
                flush(&word, &bare)
                word.parts.append(try substitution(isQuoted: false))
            default:
                bare.append(character)
                at += 1
            }
        }
        flush(&word, &bare)
        return word
    }

    private mutating func singleQuoted(keepsEscapes: Bool = false) throws(ShellSyntaxError) -> String {
        at += 1
        var quoted = ""
        while let character = peek() {
            at += 1
            if character == "'" { return quoted }
            quoted.append(character)
            if keepsEscapes, character == "\\", let next = peek() {
                quoted.append(next)
                at += 1
            }
        }
        throw .incomplete
    }

    /// The parts up to the closing quote, or of all that is left.
    mutating func doubleQuoted(until end: Character?) throws(ShellSyntaxError) -> [ShellWord.Part] {
        var parts: [ShellWord.Part] = []
        var quoted = ""
        while let character = peek() {
            if character == end {
                at += 1
                if !quoted.isEmpty { parts.append(.quoted(quoted)) }
                return parts
            }
            switch character {
            case "\\":
                at += 1
                guard let next = peek() else { throw .incomplete }
                at += 1
                if next == "\n" { continue }
                quoted += "$`\"\\".contains(next) ? String(next) : "\\\(next)"
            case "$", "`":
                if !quoted.isEmpty { parts.append(.quoted(quoted)) }
                quoted = ""
                parts.append(try substitution(isQuoted: true))
            default:
                quoted.append(character)
                at += 1
            }
        }
        guard end == nil else { throw .incomplete }
        if !quoted.isEmpty { parts.append(.quoted(quoted)) }
        return parts
    }

    /// `$name`, `${…}`, `$(…)`, `$((…))`, `` `…` ``, at the place where one begins.
    private mutating func substitution(isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord.Part {
        if peek() == "`" {
            at += 1
            return .command(try ShellParser.parse(try through("`", opener: nil)), isQuoted: isQuoted)
        }
        at += 1
        guard let next = peek() else { return .quoted("$") }
        if starts(with: "((") {
            at += 2
            var inner = ShellLexer(try through(")", opener: "("))
            guard peek() == ")" else { throw .incomplete }
            at += 1
            return .arithmetic(ShellWord(parts: try inner.doubleQuoted(until: nil)), isQuoted: isQuoted)
        }
        if next == "(" {
            at += 1
            return .command(try ShellParser.parse(try through(")", opener: "(")), isQuoted: isQuoted)
        }
        if next == "{" {
            at += 1
            return try braced(try through("}", opener: "{"), isQuoted)
        }
        if "?$#!@*-0123456789".contains(next) {
            at += 1
            return .parameter(name: String(next), operation: "", word: nil, isQuoted: isQuoted)
        }
        var name = ""
        while let character = peek(), character.isASCII, character.isLetter || character.isNumber || character == "_" {
            name.append(character)
            at += 1
        }
        return name.isEmpty ? .quoted("$") : .parameter(name: name, operation: "", word: nil, isQuoted: isQuoted)
    }

    private func braced(_ text: String, _ isQuoted: Bool) throws(ShellSyntaxError) -> ShellWord.Part {
        if text.hasPrefix("#"), text.count > 1 {
            return .parameter(name: String(text.dropFirst()), operation: "length", word: nil, isQuoted: isQuoted)
        }
        let isSpecial = text.first.map { "?$#!@*-".contains($0) } ?? false
        let name = isSpecial ? text.prefix(1) : text.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        guard !name.isEmpty else { throw .unexpected("${\(text)}") }
        let rest = text.dropFirst(name.count)
        for operation in [":-", ":=", ":+", ":?", "-", "=", "+", "?", "##", "#", "%%", "%"]
        where rest.hasPrefix(operation) {
            var inner = ShellLexer(String(rest.dropFirst(operation.count)))
            let word = ShellWord(parts: try inner.doubleQuoted(until: nil))
            return .parameter(name: String(name), operation: operation, word: word, isQuoted: isQuoted)
        }
        guard rest.isEmpty else { throw .unexpected("${\(text)}") }
        return .parameter(name: String(name), operation: "", word: nil, isQuoted: isQuoted)
    }

    /// The text up to the closing character, quotes and nesting respected.
    private mutating func through(_ closer: Character, opener: Character?) throws(ShellSyntaxError) -> String {
        var inner = ""
        var depth = 0
        var quote: Character?
        while let character = peek() {
            at += 1
            if character == "\\", quote != "'", let next = peek() {
                inner += [character, next]
                at += 1
                continue
            }
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == closer {
                if depth == 0 { return inner }
                depth -= 1
            } else if character == opener {
                depth += 1
            }
            inner.append(character)
        }
        throw .incomplete
    }
}
