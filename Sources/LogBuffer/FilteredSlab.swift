/// The lines of one slab that pass a filter, and the rows they make with their context.
struct FilteredSlab: Sendable {
    let id: UInt32
    let layout: UInt32
    /// How many of the slab's lines were looked at so far.
    private(set) var evaluated = 0
    private(set) var matches: [UInt32] = []
    /// Indices of the lines that are shown, in order.
    private(set) var rows: [UInt32] = []
    /// Context that is owed to lines before and after this slab, and what of it was taken from its neighbours.
    private var taken = Owed(head: -1, tail: -1, lines: -1)

    private struct Owed: Equatable, Sendable { var head: Int, tail: Int, lines: Int }

    init(_ slab: LogSlab) {
        id = slab.id
        layout = slab.layout
    }

    /// Whether what was found out about a slab still holds, but for lines that were appended to it.
    func holds(for slab: LogSlab) -> Bool { id == slab.id && layout == slab.layout }

    /// Looks at the lines that were not looked at yet.
    mutating func evaluate(_ slab: LogSlab, _ filter: LogFilter, wanted: Set<UInt16>?) {
        matches += filter.matches(in: slab, evaluated..<slab.entries.count, wanted: wanted)
        evaluated = slab.entries.count
        taken = Owed(head: -1, tail: -1, lines: -1)
    }

    /// How many lines at the start of the next slab are context of this one's, given what its own predecessor left over.
    func owedToNext(context: Int, head: Int) -> Int {
        let own = matches.last.map { Int($0) + context + 1 - evaluated } ?? 0
        return max(0, own, head - evaluated)
    }

    /// The same towards the slab before.
    func owedToPrevious(context: Int, tail: Int) -> Int {
        let own = matches.first.map { context - Int($0) } ?? 0
        return max(0, own, tail - evaluated)
    }

    /// Joins matches and their context to rows; `head` and `tail` lines are context of the neighbours' matches.
    mutating func arrange(context: Int, head: Int, tail: Int) {
        guard context > 0 else {
            rows = matches
            return
        }
        let owed = Owed(head: head, tail: tail, lines: evaluated)
        guard owed != taken else { return }
        taken = owed
        var shown: [UInt32] = []
        var next = 0
        let count = evaluated
        func show(_ range: Range<Int>) {
            let range = range.clamped(to: next..<max(next, count))
            shown.append(contentsOf: range.lazy.map { UInt32($0) })
            next = max(next, range.upperBound)
        }
        show(0..<min(head, evaluated))
        for match in matches { show(max(0, Int(match) - context)..<min(evaluated, Int(match) + context + 1)) }
        show(max(0, evaluated - tail)..<evaluated)
        rows = shown
    }
}
