import Foundation
import Synchronization

/// The log documents of one cluster (or of all) that Elasticsearch could find at a moment.
final class LogCatalog: Sendable {
    /// How long a line is on its way before a search sees it.
    static let ingestLag: TimeInterval = 5
    /// How many days back there are indices when the company starts.
    static let daysBefore = 7

    private struct Cache {
        var generation = -1
        var sources: [LogSource] = []
    }

    let state: CompanyState
    private let cluster: String?
    private let cache = Mutex(Cache())

    init(state: CompanyState, cluster: String?) {
        self.state = state
        self.cluster = cluster
    }

    /// Every container that ever wrote something that is still there.
    var sources: [LogSource] {
        let generation = state.ledger.generation
        return cache.withLock { cache in
            if cache.generation != generation {
                let runs = cluster.map { state.ledger.allRuns(cluster: $0) } ?? state.ledger.allRuns()
                cache = Cache(generation: generation, sources: runs.map(LogSource.init))
            }
            return cache.sources
        }
    }

    /// The days that have an index, as the nanoseconds of their beginnings.
    func days(at now: Date) -> [Int64] {
        let day = DateMath.Unit.day
        let first = day.floor(state.startedAt.nanoseconds) - Int64(Self.daysBefore) * day.length
        return Array(stride(from: first, through: day.floor(horizon(at: now) - 1), by: Int(day.length)))
    }

    /// Lines from here on are not indexed yet.
    func horizon(at now: Date) -> Int64 { now.addingTimeInterval(-Self.ingestLag).nanoseconds }

    /// About how many documents a day's index has, from the rates; exact counting is a search.
    func estimatedCount(day: Int64, at now: Date) -> Int {
        let end = min(day + DateMath.Unit.day.length, horizon(at: now))
        return Int(
            sources.reduce(0.0) { sum, source in
                let start = max(day, source.container.startedAt.nanoseconds)
                let stop = min(end, source.container.endedAt?.nanoseconds ?? end)
                return sum + max(0, Double(stop - start) / 1e9) * source.container.linesPerSecond
            })
    }

    /// The days whose indices an expression names: `logstash-*,-logstash-2026.11.20`.
    func days(named expression: String, ignoringMissing: Bool, at now: Date) throws(ElasticError) -> [Int64] {
        let all = days(at: now)
        guard !["", "_all", "*"].contains(expression) else { return all }
        var chosen: Set<Int64> = []
        for part in expression.split(separator: ",").map(String.init) {
            let isExclusion = part.hasPrefix("-") && !chosen.isEmpty
            let pattern = WildcardPattern(isExclusion ? String(part.dropFirst()) : part)
            let found = all.filter { pattern.matches($0.indexName) }
            if found.isEmpty, !part.contains("*"), !isExclusion, !ignoringMissing { throw .indexNotFound(part) }
            if isExclusion { chosen.subtract(found) } else { chosen.formUnion(found) }
        }
        return chosen.sorted()
    }
}
