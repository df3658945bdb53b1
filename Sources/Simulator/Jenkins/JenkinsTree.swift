/// The `tree` parameter of Jenkins' remote API: `jobs[name,builds[number]{0,5}],mode`.
struct JenkinsTree: Sendable, Equatable {
    enum Mistake: Error, Equatable { case unexpected(String, at: Int) }

    private var branches: [String: JenkinsTree] = [:]
    /// Which elements of a list show: from the first up to but not the second.
    private var range: Range<Int>?

    /// Reads the parameter's value.
    init(parsing text: String) throws(Mistake) {
        var parser = Parser(text: Array(text))
        self = try parser.list()
        guard parser.position == parser.text.count else { throw parser.mistake }
    }

    private init() {}

    /// What is asked of a field; nil when it is not asked for.
    func branch(_ name: String) -> JenkinsTree? { branches[name] ?? branches["*"] }

    /// The elements of a list that are asked for.
    func slice<Element>(_ items: [Element]) -> [Element] {
        guard let range else { return items }
        return Array(items.prefix(range.upperBound).dropFirst(range.lowerBound))
    }

    private struct Parser {
        let text: [Character]
        var position = 0

        var current: Character? { position < text.count ? text[position] : nil }
        var mistake: Mistake { .unexpected(current.map(String.init) ?? "end", at: position) }

        mutating func list() throws(Mistake) -> JenkinsTree {
            var tree = JenkinsTree()
            while true {
                let name = take { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "*" || $0 == "-" }
                guard !name.isEmpty else { throw mistake }
                var branch = JenkinsTree()
                if accept("[") {
                    branch = try list()
                    guard accept("]") else { throw mistake }
                }
                if accept("{") { branch.range = try range() }
                tree.branches[name] = branch
                guard accept(",") else { return tree }
            }
        }

        mutating func range() throws(Mistake) -> Range<Int> {
            let first = Int(take(\.isNumber))
            guard accept(",") else {
                guard let first, accept("}") else { throw mistake }
                return first..<first + 1
            }
            let last = Int(take(\.isNumber))
            guard accept("}") else { throw mistake }
            let lower = first ?? 0
            return lower..<max(lower, last ?? .max)
        }

        mutating func accept(_ character: Character) -> Bool {
            take { $0 == " " }
            guard current == character else { return false }
            position += 1
            return true
        }

        @discardableResult
        mutating func take(_ belongs: (Character) -> Bool) -> String {
            let start = position
            while let character = current, belongs(character) { position += 1 }
            return String(text[start..<position])
        }
    }
}
