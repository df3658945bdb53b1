import Foundation

/// Reads the Lucene syntax of `query_string` and the lenient one of `simple_query_string`.
struct QueryStringParser {
    private let text: [Character]
    private let fields: [ElasticField]
    private let isAnd: Bool
    private let isSimple: Bool
    private let now: Date
    private var position = 0

    init(_ text: String, fields: [ElasticField], isAnd: Bool, isSimple: Bool, now: Date) {
        self.text = Array(text)
        self.fields = fields
        self.isAnd = isAnd
        self.isSimple = isSimple
        self.now = now
    }

    mutating func parse() throws(ElasticError) -> ElasticQuery {
        let query = try expression(fields)
        skipSpaces()
        guard position == text.count || isSimple else { throw failure }
        return query
    }

    /// Clauses up to the end or a closing bracket. `OR` binds less than what stands side by side, as people mean it.
    private mutating func expression(_ fields: [ElasticField]) throws(ElasticError) -> ElasticQuery {
        var groups: [[ElasticQuery]] = [[]]
        var optional: [ElasticQuery] = []
        var isJoined = false
        while let start = peek(), start != ")" {
            if take("OR") || take("||") || (isSimple && take("|")) {
                groups.append([])
                isJoined = false
                continue
            }
            if take("AND") || take("&&") {
                isJoined = true
                continue
            }
            let clause = try clause(fields)
            let standsAlone = !isAnd && !isJoined && !clause.isRequired && !nextIsAnd()
            if standsAlone { optional.append(clause.query) } else { groups[groups.count - 1].append(clause.query) }
            isJoined = false
        }
        var parts = groups.filter { !$0.isEmpty }.map { $0.count == 1 ? $0[0] : ElasticQuery.and($0) }
        guard !parts.isEmpty || !optional.isEmpty else { return .all }
        if parts.isEmpty { return optional.count == 1 ? optional[0] : .or(optional, atLeast: 1) }
        // Beside a required clause the others are wishes, unless `OR` made a choice of them.
        if groups.count > 1 { parts += optional }
        return parts.count == 1 ? parts[0] : .or(parts, atLeast: 1)
    }

    private mutating func clause(_ fields: [ElasticField]) throws(ElasticError) -> (
        query: ElasticQuery, isRequired: Bool
    ) {
        if take("NOT") || take("!") || take("-") { return (.not(try clause(fields).query), true) }
        if take("+") { return (try clause(fields).query, true) }
        skipSpaces()
        if accept("(") {
            let inner = try expression(fields)
            guard accept(")") || isSimple else { throw failure }
            return (inner, false)
        }
        let start = position
        if !isSimple, let name = fieldName() {
            if name == "_exists_" { return (exists(word()), false) }
            let own = ElasticQueryParser.fields([.string(name)])
            return try clause(own)
        }
        position = start
        return (try value(fields), false)
    }

    private mutating func value(_ fields: [ElasticField]) throws(ElasticError) -> ElasticQuery {
        if accept("\"") { return phrase(fields) }
        if !isSimple, let open = peek(), open == "[" || open == "{" { return try range(fields) }
        if !isSimple, let open = peek(), open == "<" || open == ">" { return try comparison(fields) }
        let word = word()
        guard !word.isEmpty else {
            if isSimple, position < text.count { position += 1 }
            guard isSimple else { throw failure }
            return .none
        }
        if word == "*" { return .all }
        return any(fields) { field in
            if word.contains("*") || (!isSimple && word.contains("?")) {
                let pattern = field.isText ? word.lowercased() : word
                return .wildcard(WildcardPattern(pattern), ignoringCase: field.isText)
            }
            let plain = Self.unescaped(word)
            let words = field.isText ? TextAnalysis.tokens(Array(plain.utf8)) : [Array(plain.utf8)]
            // A word that the analyser takes apart is looked for as a phrase.
            return words.count == 1 ? .terms(words) : .phrase(words, lastIsPrefix: false)
        }
    }

    private mutating func phrase(_ fields: [ElasticField]) -> ElasticQuery {
        var inner = ""
        while position < text.count, text[position] != "\"" {
            if text[position] == "\\", position + 1 < text.count { position += 1 }
            inner.append(text[position])
            position += 1
        }
        position = min(position + 1, text.count)
        return any(fields) { field in
            field.isText
                ? .phrase(TextAnalysis.tokens(Array(inner.utf8)), lastIsPrefix: false) : .terms([Array(inner.utf8)])
        }
    }

    private mutating func range(_ fields: [ElasticField]) throws(ElasticError) -> ElasticQuery {
        let includesLower = text[position] == "["
        position += 1
        let lower = bound()
        guard take("TO") else { throw failure }
        let upper = bound()
        guard position < text.count, text[position] == "]" || text[position] == "}" else { throw failure }
        let includesUpper = text[position] == "]"
        position += 1
        var body = SimJSON.emptyObject
        if lower != "*" { body[includesLower ? "gte" : "gt"] = .string(lower) }
        if upper != "*" { body[includesUpper ? "lte" : "lt"] = .string(upper) }
        return try ranges(fields, body)
    }

    private mutating func comparison(_ fields: [ElasticField]) throws(ElasticError) -> ElasticQuery {
        let name = take(">=") ? "gte" : take("<=") ? "lte" : take(">") ? "gt" : "lt"
        if name == "lt" { position += 1 }
        return try ranges(fields, .object(SimObject([(name, .string(bound()))])))
    }

    private func ranges(_ fields: [ElasticField], _ body: SimJSON) throws(ElasticError) -> ElasticQuery {
        var parts: [ElasticQuery] = []
        for field in fields {
            parts.append(try ElasticQueryParser(now: now).parse(["range": .object(SimObject([(field.name, body)]))]))
        }
        return parts.count == 1 ? parts[0] : .or(parts, atLeast: 1)
    }

    private func exists(_ name: String) -> ElasticQuery { ElasticField(name).map { .leaf($0, .exists) } ?? .none }

    private func any(_ fields: [ElasticField], _ test: (ElasticField) -> ElasticTest) -> ElasticQuery {
        let parts = fields.filter { $0.source != .timestamp }.map { ElasticQuery.leaf($0, test($0)) }
        return parts.count == 1 ? parts[0] : .or(parts, atLeast: 1)
    }

    private mutating func fieldName() -> String? {
        let start = position
        while position < text.count,
            text[position].isLetter || text[position].isNumber || "@_.-*/\\".contains(text[position])
        { position += 1 }
        guard position > start, position < text.count, text[position] == ":" else { return nil }
        position += 1
        return String(text[start..<position - 1]).replacing("\\", with: "")
    }

    private mutating func word() -> String {
        var word = ""
        while position < text.count, !text[position].isWhitespace, !"()\"".contains(text[position]) {
            if isSimple, text[position] == "|" { break }
            if text[position] == "\\", position + 1 < text.count {
                word.append("\\")
                position += 1
            }
            word.append(text[position])
            position += 1
        }
        return word
    }

    private mutating func bound() -> String {
        skipSpaces()
        if accept("\"") {
            let start = position
            while position < text.count, text[position] != "\"" { position += 1 }
            defer { position = min(position + 1, text.count) }
            return String(text[start..<position])
        }
        let start = position
        while position < text.count, !text[position].isWhitespace, !"]}()".contains(text[position]) { position += 1 }
        return String(text[start..<position])
    }

    private mutating func nextIsAnd() -> Bool {
        let start = position
        defer { position = start }
        return take("AND") || take("&&")
    }

    private mutating func peek() -> Character? {
        skipSpaces()
        return position < text.count ? text[position] : nil
    }

    private mutating func accept(_ character: Character) -> Bool {
        guard peek() == character else { return false }
        position += 1
        return true
    }

    /// Takes a sign, or a word that ends there.
    private mutating func take(_ token: String) -> Bool {
        skipSpaces()
        let end = position + token.count
        guard end <= text.count, String(text[position..<end]) == token else { return false }
        if token.allSatisfy(\.isLetter) {
            guard !isSimple, end == text.count || text[end].isWhitespace || text[end] == "(" else { return false }
        }
        position = end
        return true
    }

    private mutating func skipSpaces() {
        while position < text.count, text[position].isWhitespace { position += 1 }
    }

    private static func unescaped(_ word: String) -> String {
        var plain = ""
        var isEscaped = false
        for character in word {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(character)
                isEscaped = false
            }
        }
        return plain
    }

    private var failure: ElasticError {
        ElasticError(
            type: "query_shard_exception", reason: "Failed to parse query [\(String(text))]", status: 400,
            details: ["index_uuid": "_na_", "index": "logstash"], isFromShards: true)
    }
}
