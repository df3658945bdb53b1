import Canvas
import Model
import PaneKit

/// The workload kinds with counts and health, and beneath them what needs attention, worst first.
struct OverviewPage: Sendable {
    struct Line: Sendable {
        var kind: ResourceKind
        var feeds: [FeedID]
    }
    /// A fault in the list: which object, how bad.
    struct Fault: Sendable, Hashable {
        var reference: ObjectReference
        var tone: Tone
    }

    static let kinds: [ResourceKind] = [
        .deployments, .statefulSets, .daemonSets, .jobs, .cronJobs, .pods, .nodes,
    ]

    private(set) var lines: [Line] = []
    private var tallies: [FeedID: Tally] = [:]
    private(set) var faults: [Fault] = []
    /// Counts kinds first, then faults.
    var cursor = 0
    private var selected: ObjectReference?

    func tally(_ line: Line) -> Tally.Counts {
        line.feeds.reduce(into: Tally.Counts()) { $0.add(tallies[$1]?.counts ?? Tally.Counts()) }
    }

    func feeds(in context: PaneContext) -> [FeedID] { Self.kinds.flatMap { Self.feeds(of: $0, in: context) } }

    private static func feeds(of kind: ResourceKind, in context: PaneContext) -> [FeedID] {
        context.scope.environments.map { environment in
            let served = KindLookup(world: context.world).kind(kind.plural, in: environment) ?? kind
            let scope = kind.isNamespaced ? context.scope.namespaces : .all
            return .table(TableQuery(environment: environment, kind: served, scope: scope))
        }
    }

    mutating func sync(in context: PaneContext) {
        lines = Self.kinds.map { Line(kind: $0, feeds: Self.feeds(of: $0, in: context)) }
        let wanted = Set(lines.flatMap(\.feeds))
        // While another page was on top, changes went by uncounted.
        let missed = wanted.filter { tallies[$0] == nil || tallies[$0]?.revision != context.world.tables[$0]?.revision }
        guard !missed.isEmpty || tallies.count != wanted.count else { return }
        tallies = tallies.filter { wanted.contains($0.key) }
        for feed in missed { tallies[feed] = Tally(context.world.tables[feed]) }
        listFaults(context)
    }

    mutating func apply(_ feed: FeedID, _ changes: Table.Changes, in context: PaneContext) {
        guard tallies[feed] != nil, !changes.isEmpty else { return }
        if changes.reset || changes.from != tallies[feed]?.revision ?? 0 {
            tallies[feed] = Tally(context.world.tables[feed])
        } else if let table = context.world.tables[feed] {
            tallies[feed]?.apply(changes, table)
        }
        listFaults(context)
    }

    /// Worst first, then by kind and name; the cursor stays on its object.
    private mutating func listFaults(_ context: PaneContext) {
        faults = lines.flatMap { line in
            line.feeds.flatMap { feed in
                (tallies[feed]?.faults ?? [:]).map { key, tone in
                    Fault(
                        reference: ObjectReference(
                            environment: feed.environment, kind: line.kind,
                            namespace: key.namespace.isEmpty ? nil : key.namespace, name: key.name),
                        tone: tone)
                }
            }
        }.sorted(by: Self.precedes)
        if let selected, let index = faults.firstIndex(where: { $0.reference == selected }) {
            cursor = lines.count + index
        }
        cursor = min(cursor, max(0, lines.count + faults.count - 1))
    }

    private static func precedes(_ a: Fault, _ b: Fault) -> Bool {
        if a.tone != b.tone { return a.tone.rawValue > b.tone.rawValue }
        let (i, j) = (kinds.firstIndex(of: a.reference.kind) ?? 99, kinds.firstIndex(of: b.reference.kind) ?? 99)
        if i != j { return i < j }
        return (a.reference.environment.name, a.reference.namespace ?? "", a.reference.name)
            < (b.reference.environment.name, b.reference.namespace ?? "", b.reference.name)
    }

    mutating func move(_ by: Int) -> Bool {
        let next = min(max(0, cursor + by), max(0, lines.count + faults.count - 1))
        defer {
            cursor = next
            selected = fault?.reference
        }
        return next != cursor
    }

    var fault: Fault? {
        let index = cursor - lines.count
        return faults.indices.contains(index) ? faults[index] : nil
    }

    var kind: ResourceKind? { lines.indices.contains(cursor) ? lines[cursor].kind : nil }
}
