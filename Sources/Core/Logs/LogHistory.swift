import Backends
import LogBuffer
import Model

/// Reads the pages of a log's past from Elasticsearch into its buffer, one call a page, each older than the last.
actor LogHistory {
    /// A page of nothing but lines that are there already is followed by another, so often at most.
    private static let mostPages = 5

    private let environment: Environment
    private let query: LogQuery
    private let buffer: LogBuffer
    private var fields: ElasticsearchFields?
    private var position = Position.notBegun

    private enum Position {
        case notBegun
        /// `evicted` is how many lines the buffer had let go of then: more of them, and the pages must be read again.
        case before(ElasticsearchCursor, start: Start, evicted: Int)
        case beginning(evicted: Int)
    }

    /// Where reading into the past began: now, without what was here already. Pods and instances of containers that went
    /// meanwhile have lines newer than the oldest one here.
    private struct Start {
        var time: Timestamp
        var held: [ElasticsearchLogQuery.Held]
    }

    init(environment: Environment, query: LogQuery, buffer: LogBuffer) {
        self.environment = environment
        self.query = query
        self.buffer = buffer
    }

    /// One more page; returns plain words for the screen. Throws `ServiceError`, `AbsentSystem` or `KubernetesError`.
    func loadPage() async throws -> [String] {
        let client = try environment.elasticsearch()
        startAgainAfterEviction()
        var query = try await elasticsearchQuery()
        var known = 0
        for _ in 0..<Self.mostPages {
            let start: Start
            var cursor: ElasticsearchCursor?
            switch position {
            case .beginning: return ["this is the beginning of what Elasticsearch keeps"]
            case .notBegun: start = beginning()
            case .before(let before, let begun, _): (cursor, start) = (before, begun)
            }
            query.held = start.held
            let page = try await client.page(
                query, fields: try await knownFields(client), before: start.time, cursor: cursor)
            let before = buffer.count
            guard buffer.prepend(page.lines) else {
                return page.notices + ["the log's memory is full (logs.memory): older lines are not loaded"]
            }
            moveOn(to: page.older, from: start)
            if buffer.count > before || page.older == nil { return page.notices + endWords }
            known += page.lines.count
        }
        return ["the next \(known) older lines are all here already; load older lines again to go on"]
    }

    private var endWords: [String] {
        if case .beginning = position { ["this is the beginning of what Elasticsearch keeps"] } else { [] }
    }

    private func beginning() -> Start {
        let held = buffer.snapshot().liveBeginnings.map { source, since in
            ElasticsearchLogQuery.Held(pod: source.pod, container: source.container, since: since)
        }
        return Start(time: environment.pacer.now, held: held.sorted { ($0.pod, $0.container) < ($1.pod, $1.container) })
    }

    private func moveOn(to cursor: ElasticsearchCursor?, from start: Start) {
        let evicted = buffer.counters.evicted
        position = cursor.map { .before($0, start: start, evicted: evicted) } ?? .beginning(evicted: evicted)
    }

    /// New lines push out the oldest: what was read of the past is gone then, and is read again from what is left.
    private func startAgainAfterEviction() {
        switch position {
        case .before(_, _, let evicted) where evicted < buffer.counters.evicted: position = .notBegun
        case .beginning(let evicted) where evicted < buffer.counters.evicted: position = .notBegun
        default: break
        }
    }

    private func knownFields(_ client: ElasticsearchClient) async throws -> ElasticsearchFields {
        if let fields { return fields }
        let found = try await client.fields()
        fields = found
        return found
    }

    private func elasticsearchQuery() async throws -> ElasticsearchLogQuery {
        let pods: ElasticsearchLogQuery.Pods =
            switch query.target {
            case .pod(let name): .named([name])
            case .workload(let kind, let name): .ofWorkload(kind: kind, name: name)
            case .selector(let selector): .named(try await pods(selectedBy: selector))
            }
        return ElasticsearchLogQuery(namespace: query.namespace, pods: pods, container: query.container)
    }

    /// Elasticsearch does not know labels as selectors do, so the pods of this moment stand for them.
    private func pods(selectedBy selector: String) async throws -> [String] {
        let table = TableQuery(
            environment: environment.id, kind: .pods, scope: .some([query.namespace]), labelSelector: selector)
        return try await environment.kubernetes().list(table).rows.map(\.name)
    }
}
