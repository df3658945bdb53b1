import Model
import PaneKit

/// How many objects of a table are well, kept up to date change by change.
struct Tally: Sendable {
    struct Counts: Sendable, Equatable {
        var total = 0
        var good = 0
        var progressing = 0
        var warning = 0
        var critical = 0
        var muted = 0

        mutating func add(_ other: Counts) {
            total += other.total
            good += other.good
            progressing += other.progressing
            warning += other.warning
            critical += other.critical
            muted += other.muted
        }

        mutating func count(_ tone: Tone, _ by: Int) {
            total += by
            switch tone {
            case .plain, .good: good += by
            case .progressing: progressing += by
            case .warning: warning += by
            case .critical: critical += by
            case .muted: muted += by
            }
        }
    }

    private(set) var counts = Counts()
    private(set) var faults: [RowKey: Tone] = [:]
    private var rules: ToneRules
    /// The revision of the table that was counted.
    private(set) var revision: UInt64?

    init(_ table: Table?) {
        rules = ToneRules(columns: table?.columns ?? [])
        revision = table?.revision
        for row in table?.rows ?? [] {
            if let row { put(row) }
        }
    }

    mutating func apply(_ changes: Table.Changes, _ table: Table) {
        revision = table.revision
        for (_, before) in changes.removed { take(before) }
        for (slot, before) in changes.updated {
            take(before)
            if let row = table[slot] { put(row) }
        }
        for slot in changes.inserted {
            if let row = table[slot] { put(row) }
        }
    }

    private mutating func put(_ row: TableRow) {
        let tone = rules.tone(of: row)
        counts.count(tone, 1)
        if tone.isFault { faults[row.key] = tone }
    }

    private mutating func take(_ row: TableRow) {
        let tone = rules.tone(of: row)
        counts.count(tone, -1)
        if tone.isFault { faults[row.key] = nil }
    }
}
