import Backends
import Model

/// Rows as a server printed them, for `midwatch get`.
public struct TableAnswer: Sendable, Equatable {
    public var kind: ResourceKind
    public var columns: [TableColumn]
    public var rows: [TableRow]
    /// Plain words about what could not be listed.
    public var notices: [String]
}

/// What subcommands ask once; the same calls that the feeds make. All of them throw `PlainFailure`.
extension Environment {
    /// The kind that a person's word means ("po", "deploy", "widgets.lab"); asks the server only when the kinds known from
    /// last time have no such word.
    public func kind(named word: String) async throws -> ResourceKind {
        try await plainly {
            let client = try kubernetes()
            let cache = discoveryCache()
            if let cache, let known = client.cachedKinds(cache), let kind = KindIndex(known.kinds).resolve(word) {
                return kind
            }
            let index = KindIndex(try await client.discover(cache: cache).kinds)
            if let kind = index.resolve(word) { return kind }
            let near = index.suggestions(for: word, limit: 3)
            let advice = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
            throw PlainFailure(.notFound, "\(id) has no kind \"\(word)\"\(advice)")
        }
    }

    /// All rows of a kind, page after page. With names, only those objects; one that is missing is a failure.
    public func rows(
        of kind: ResourceKind, in scope: NamespaceScope, names: [String] = [], labelSelector: String = "",
        fieldSelector: String = ""
    ) async throws -> TableAnswer {
        try await plainly {
            var query = TableQuery(
                environment: id, kind: kind, scope: scope, labelSelector: labelSelector, fieldSelector: fieldSelector)
            if names.count == 1 { query.fieldSelector = Self.joined(fieldSelector, "metadata.name=\(names[0])") }
            let (columns, rows, notices) = try await kubernetes().list(
                query, knownNamespaces: info.knownNamespaces)
            let chosen = names.isEmpty ? rows : rows.filter { names.contains($0.name) }
            let found = Set(chosen.map(\.name))
            if let missing = names.first(where: { !found.contains($0) }) {
                throw PlainFailure(.notFound, "\(kind.qualifiedName) \"\(missing)\" not found in \(Self.words(scope))")
            }
            return TableAnswer(kind: kind, columns: columns, rows: chosen, notices: notices)
        }
    }

    /// One object described, with its events.
    public func object(_ reference: ObjectReference) async throws -> ObjectDocument {
        try await plainly { try await kubernetes().object(reference) }
    }

    /// One object as the server has it, without managed fields; a secret's values are replaced by their sizes.
    public func yaml(_ reference: ObjectReference) async throws -> String {
        try await plainly { try await kubernetes().yaml(reference) }
    }

    /// The namespaces to look in when none is named.
    public var defaultScope: NamespaceScope { .some([info.defaultNamespace]) }

    /// The log lines that containers have written up to now, oldest first.
    public func logLines(
        _ query: LogQuery, tail: Int? = nil, since: Timestamp? = nil, limitBytes: Int? = nil
    ) async throws -> [LogLine] {
        try await plainly {
            try await kubernetes().logs(query, tail: tail, since: since, limitBytes: limitBytes)
        }
    }

    /// Follows log lines until the task is cancelled or the containers are over.
    public func followLogLines(
        _ query: LogQuery, tail: Int, since: Timestamp? = nil, status: @escaping @Sendable (FeedStatus) -> Void,
        lines: @escaping @Sendable ([LogLine]) async -> Void
    ) async throws {
        try await plainly {
            try await kubernetes().followLogs(query, tail: tail, since: since, status: status, lines: lines)
        }
    }

    /// Every job of the environment's Jenkins.
    public func pipelineJobs() async throws -> [PipelineJob] { try await plainly { try await jenkins().jobs() } }

    /// The newest runs of one job, with stages where the server tells them.
    public func pipelineRuns(ofJob job: String, limit: Int = 30) async throws -> [PipelineRun] {
        try await plainly { try await jenkins().runs(ofJob: job, limit: limit).runs }
    }

    /// A run's whole console log, piece by piece until the run is over.
    public func runLog(_ run: RunReference, lines: @Sendable ([[UInt8]]) async -> Void) async throws {
        try await plainly {
            var log = JenkinsLog(try jenkins(), run: run, wholeLog: true)
            while true {
                let piece = try await log.next()
                await lines(piece.lines)
                guard piece.isGrowing else { return }
                try await pacer.sleep(1)
            }
        }
    }

    /// Every alert of the environment's Alertmanager.
    public func currentAlerts() async throws -> [Alert] { try await plainly { try await alertmanager().alerts() } }

    private static func joined(_ a: String, _ b: String) -> String { a.isEmpty ? b : "\(a),\(b)" }

    private static func words(_ scope: NamespaceScope) -> String {
        scope == .all ? "all namespaces" : scope.names.joined(separator: ", ")
    }
}

/// Turns whatever is thrown into a `PlainFailure`; a cancelled task keeps its `CancellationError`.
func plainly<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
        return try await work()
    } catch let error as CancellationError {
        throw error
    } catch {
        try Task.checkCancellation()
        throw PlainFailure(error)
    }
}
