import Foundation

/// Runs one search over the catalog.
struct SearchExecutor {
    struct Hit {
        var hit: LogHit
        var values: [SortValue]
    }

    struct Outcome {
        var hits: [Hit] = []
        var total = 0
        var aggregations: SimJSON = .null
    }

    let catalog: LogCatalog
    let request: SearchRequest
    /// The days that are searched.
    let days: [Int64]
    /// Nothing from here on is seen.
    let horizon: Int64

    /// Finds the hits, counts as far as asked, and aggregates.
    func run() async throws -> Outcome {
        let keys =
            request.sort.isEmpty
            ? [SearchRequest.SortKey(order: .timestamp, isAscending: true), .init(order: .tieBreak, isAscending: true)]
            : request.sort
        let bounds = request.query.timeBounds.clamped(to: dayBounds)
        let aggregation =
            try request.aggregations.isNull
            ? nil : LogAggregations(request.aggregations, bounds: bounds, now: request.now)
        guard !bounds.isEmpty else { return Outcome(aggregations: aggregation?.json ?? .null) }
        let candidates = resolve()
        let cursor = try cursor(keys)
        var outcome: Outcome
        if let cursor {
            outcome = try await collect(
                candidates, keys, narrowed(bounds, to: cursor, keys), cursor: cursor, countLimit: 0, nil)
            let counted = try await collect(
                candidates, keys, bounds, wanted: 0, countLimit: request.countLimit, aggregation)
            outcome.total = counted.total
        } else {
            outcome = try await collect(candidates, keys, bounds, countLimit: request.countLimit, aggregation)
        }
        outcome.hits = Array(outcome.hits.dropFirst(request.from).prefix(request.size))
        outcome.aggregations = aggregation?.json ?? .null
        return outcome
    }

    private var dayBounds: Range<Int64> {
        guard let first = days.first, let last = days.last else { return 0..<0 }
        let end = min(last + DateMath.Unit.day.length, horizon)
        return min(first, end)..<end
    }

    private func resolve() -> [LogScan.Candidate] {
        catalog.sources.compactMap { source in
            let query = request.query.resolved(for: source)
            if case .none = query { return nil }
            return LogScan.Candidate(source: source, query: query)
        }
    }

    private func cursor(_ keys: [SearchRequest.SortKey]) throws(ElasticError) -> [SortValue]? {
        guard let after = request.searchAfter else { return nil }
        var values: [SortValue] = []
        for (key, json) in zip(keys, after) { values.append(try key.value(of: json)) }
        return values
    }

    /// The part of the bounds that can hold what comes after the cursor.
    private func narrowed(_ bounds: Range<Int64>, to cursor: [SortValue], _ keys: [SearchRequest.SortKey]) -> Range<
        Int64
    > {
        guard keys[0].order == .timestamp, case .number(let milliseconds) = cursor[0] else { return bounds }
        let moment = Int64(milliseconds) * 1_000_000
        return bounds.clamped(to: keys[0].isAscending ? moment..<Int64.max : Int64.min..<moment + 1_000_000)
    }

    private func collect(
        _ candidates: [LogScan.Candidate], _ keys: [SearchRequest.SortKey], _ bounds: Range<Int64>,
        cursor: [SortValue]? = nil,
        wanted: Int? = nil, countLimit: Int, _ aggregation: LogAggregations?
    ) async throws -> Outcome {
        let wanted = wanted ?? request.from + request.size
        let isByTime = keys[0].order == .timestamp
        let gaps = Set(days)
        var scan = LogScan(
            candidates, script: catalog.state.logs, bounds: bounds, newestFirst: isByTime && !keys[0].isAscending,
            wanted: wanted)
        var outcome = Outcome()
        while let window = scan.next(
            wantsText: outcome.hits.count < wanted || (!isByTime && wanted > 0) || aggregation?.needsText == true)
        {
            var found: [Hit] = []
            for hit in window where gaps.contains(DateMath.Unit.day.floor(hit.line.timestamp)) {
                outcome.total += 1
                aggregation?.add(hit)
                guard wanted > 0, !isByTime || outcome.hits.count < wanted else { continue }
                let values = keys.values(of: hit)
                if let cursor, !keys.precedes(cursor, values) { continue }
                found.append(Hit(hit: hit, values: values))
            }
            merge(found, into: &outcome.hits, keys, wanted: wanted, isByTime: isByTime)
            let isCounted = aggregation == nil && outcome.total >= countLimit
            if isCounted, wanted == 0 || isByTime && outcome.hits.count >= wanted { break }
            // A long search lets others have their turn, and ends when nobody waits for it.
            await Task.yield()
            try Task.checkCancellation()
        }
        return outcome
    }

    private func merge(
        _ found: [Hit], into hits: inout [Hit], _ keys: [SearchRequest.SortKey], wanted: Int, isByTime: Bool
    ) {
        guard !found.isEmpty else { return }
        if isByTime {
            hits += found.sorted { keys.precedes($0.values, $1.values) }.prefix(wanted - hits.count)
        } else {
            hits += found
            hits.sort { keys.precedes($0.values, $1.values) }
            hits.removeLast(max(0, hits.count - wanted))
        }
    }
}
