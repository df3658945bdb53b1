import Model
import Pattern

/// A filter made ready for the rows of one view: what environments' names settle and which cell a word is for is found
/// once, not for each of a hundred thousand rows.
struct RowMatcher {
    /// One place that a word may be asked for in.
    private enum Place {
        case namespace
        case owner
        case cell(Int)
        /// Settled already: the environment's name, or a column that there is not.
        case nowhere
    }

    /// Words for one column: alternatives, unless they are negated.
    private struct ColumnTerms {
        let place: Place
        var wanted: [Pattern] = []
        var unwanted: [Pattern] = []
    }

    /// What is asked of the rows of one source. A class, like `Word`, so that a row costs one retain and not one for each
    /// pattern and text in here.
    private final class Rules {
        var isHopeless = false
        var words: [Word] = []
        var columns: [ColumnTerms] = []
    }

    /// A word that may stand in any cell.
    private final class Word {
        let pattern: Pattern
        let isNegated: Bool
        let isText: Bool

        init(_ term: RowFilter.Term) {
            pattern = term.pattern
            isNegated = term.isNegated
            isText = term.pattern.syntax == .text
        }

        /// Plain text is looked for in all cells at once: a call of the matcher costs more than a row's bytes do, and one
        /// for each cell took 55 ms for 100,000 rows. Expressions may say where a text begins or ends, so they go cell by cell.
        func isIn(_ row: TableRow) -> Bool {
            if isText { return row.anyText { pattern.firstRange(in: $0, from: $1) } }
            if row.withName({ pattern.matches($0) }) || row.withNamespace({ pattern.matches($0) }) { return true }
            for index in 0..<row.cellCount where row.withCell(index, { pattern.matches($0) }) { return true }
            return false
        }
    }

    private let rules: [Rules]
    /// Set when only faults are wanted.
    private let tones: ToneRules?

    init(_ filter: RowFilter, environments: [EnvironmentID], columns: ColumnSet, onlyFaults tones: ToneRules?) {
        rules = environments.map { Self.rules(filter, $0, columns) }
        self.tones = tones
    }

    func passes(_ row: TableRow, source: Int) -> Bool {
        let rules = rules[source]
        if rules.isHopeless { return false }
        if let tones, !tones.tone(of: row).isFault { return false }
        for word in rules.words where word.isIn(row) == word.isNegated { return false }
        for terms in rules.columns where !Self.passes(row, terms) { return false }
        return true
    }

    private static func rules(_ filter: RowFilter, _ environment: EnvironmentID, _ columns: ColumnSet) -> Rules {
        let rules = Rules()
        var titles: [String] = []
        for term in filter.terms {
            guard let title = term.column else {
                if !term.pattern.matches(environment.name) {
                    rules.words.append(Word(term))
                } else if term.isNegated {
                    rules.isHopeless = true
                }
                continue
            }
            let index = titles.firstIndex(of: title) ?? titles.count
            if index == titles.count {
                titles.append(title)
                rules.columns.append(ColumnTerms(place: place(title, columns)))
            }
            if term.isNegated {
                rules.columns[index].unwanted.append(term.pattern)
            } else {
                rules.columns[index].wanted.append(term.pattern)
            }
        }
        for (title, terms) in zip(titles, rules.columns) where refuses(title, terms, environment) {
            rules.isHopeless = true
        }
        return rules
    }

    private static func place(_ title: String, _ columns: ColumnSet) -> Place {
        switch title {
        case "namespace", "ns": return .namespace
        case "env", "environment": return .nowhere
        case "owner": return .owner
        default:
            // Columns that are not shown now can be asked for too; the beginning of a title is enough.
            let index =
                columns.tableColumns.firstIndex { $0.name.lowercased() == title }
                ?? columns.tableColumns.firstIndex { $0.name.lowercased().hasPrefix(title) }
            return index.map { .cell($0) } ?? .nowhere
        }
    }

    /// Whether words for the environment, or for a column that there is not, turn all rows of an environment away.
    private static func refuses(_ title: String, _ terms: ColumnTerms, _ environment: EnvironmentID) -> Bool {
        guard case .nowhere = terms.place else { return false }
        let isName = title == "env" || title == "environment"
        let finds = { (pattern: Pattern) in isName && pattern.matches(environment.name) }
        return terms.unwanted.contains(where: finds) || (!terms.wanted.isEmpty && !terms.wanted.contains(where: finds))
    }

    private static func passes(_ row: TableRow, _ terms: ColumnTerms) -> Bool {
        switch terms.place {
        case .namespace: row.withNamespace { passes($0, terms) }
        case .owner: Array((row.owner?.name ?? "").utf8).withUnsafeBufferPointer { passes($0, terms) }
        case .cell(let index): row.withCell(index) { passes($0, terms) }
        case .nowhere: true
        }
    }

    private static func passes(_ text: UnsafeBufferPointer<UInt8>, _ terms: ColumnTerms) -> Bool {
        for pattern in terms.unwanted where pattern.matches(text) { return false }
        return terms.wanted.isEmpty || terms.wanted.contains { $0.matches(text) }
    }
}
