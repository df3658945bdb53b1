import Pattern

extension RowFilter {
    /// Whether every row that passes this filter passed the former one too, so that only those need to be looked at: so it
    /// is while somebody types. Says no when in doubt.
    func narrows(_ former: RowFilter) -> Bool {
        former.terms.allSatisfy { old in terms.contains { $0.implies(old) } }
            && terms.allSatisfy { new in
                // Another word for the same column is one more alternative.
                new.column == nil || former.terms.contains { $0.isSame(as: new) }
            }
    }
}

extension RowFilter.Term {
    fileprivate func isSame(as other: RowFilter.Term) -> Bool {
        column == other.column && isNegated == other.isNegated && pattern == other.pattern
    }

    /// What holds a longer text holds the shorter one within it, unless only the shorter one's case counts.
    fileprivate func implies(_ old: RowFilter.Term) -> Bool {
        if isSame(as: old) { return true }
        guard column == nil, old.column == nil, !isNegated, !old.isNegated, pattern.syntax == .text,
            old.pattern.syntax == .text
        else { return false }
        return pattern.source.contains(old.pattern.source)
            && (pattern.isCaseSensitive || !old.pattern.isCaseSensitive)
    }
}
