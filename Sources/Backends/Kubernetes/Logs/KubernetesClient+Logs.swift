import HTTP
import JSON
import Model

/// What a followed log says. Lines of one container come in its own order; containers are not ordered among each other.
public enum LogFeedEvent: Sendable {
    case status(FeedStatus)
    case lines([LogLine])
}

extension KubernetesClient {
    /// Follows the logs of a pod, a workload or a selector: the last `tail` lines of each container (or, when `since` is
    /// given, all lines from then), then new ones as they are written, until the task is cancelled. `lines` is awaited
    /// before more is read, so a slow reader slows the server; `status` is called in order and says `ended` when the
    /// containers of a single pod are over (a pod that comes back under the same name is followed again).
    ///
    /// With `query.previous` the logs of the instances before the last restart are read once.
    public func followLogs(
        _ query: LogQuery, tail: Int = 500, since: Timestamp? = nil,
        status: @escaping @Sendable (FeedStatus) -> Void, lines: @escaping @Sendable ([LogLine]) async -> Void
    ) async throws {
        guard !query.previous else { return try await previousLogs(query, status: status, lines: lines) }
        let merge = LogMerge(target: query.target, pacer: pacer, post: status)
        try await LogFollower(client: self, query: query, tail: tail, since: since, lines: lines, merge: merge).run()
    }

    /// The same as a stream, without back-pressure: what is not read waits in memory.
    public func followLogs(
        _ query: LogQuery, tail: Int = 500, since: Timestamp? = nil
    ) -> AsyncStream<LogFeedEvent> {
        AsyncStream { continuation in
            let task = Task {
                // Nothing but the task's own cancellation is thrown here.
                try? await followLogs(
                    query, tail: tail, since: since, status: { continuation.yield(.status($0)) },
                    lines: { continuation.yield(.lines($0)) })
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// What the containers have written up to now, in the order of time; for subcommands.
    public func logs(
        _ query: LogQuery, tail: Int? = nil, since: Timestamp? = nil, limitBytes: Int? = nil
    ) async throws -> [LogLine] {
        let request = LogRequest(isPrevious: query.previous, tail: tail, since: since, limitBytes: limitBytes)
        var all: [LogLine] = []
        for source in try await sources(of: query) { all += try await read(request, source) }
        // Sorting by position too keeps lines with the same stamp in the order they were written.
        return all.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    }

    private func previousLogs(
        _ query: LogQuery, status: @escaping @Sendable (FeedStatus) -> Void,
        lines: @escaping @Sendable ([LogLine]) async -> Void
    ) async throws {
        status(FeedStatus(.loading(received: 0), since: pacer.now))
        do {
            var reasons: [String] = []
            for source in try await sources(of: query) {
                do {
                    await lines(try await read(LogRequest(isPrevious: true), source))
                } catch let error as KubernetesError where error.statusCode == 400 {
                    reasons.append("\(source.container): no instance before this one")
                }
            }
            let end = FeedStatus.Phase.ended(reason: "this is all of the instance before the last restart")
            status(FeedStatus(end, since: pacer.now, notices: reasons))
        } catch let error as KubernetesError {
            status(FeedStatus(error.feedPhase, since: pacer.now))
        }
    }

    private func read(_ request: LogRequest, _ source: LogSource) async throws -> [LogLine] {
        let answer = try await send(.get, request.path(source), accept: "*/*")
        var reading = LogReading(source: source)
        var lines: [LogLine] = []
        for line in answer.body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            if let line = line.withUnsafeBufferPointer({ reading.line($0) }) { lines.append(line) }
        }
        return lines
    }

    /// Every container that a query means right now.
    private func sources(of query: LogQuery) async throws -> [LogSource] {
        try await pods(of: query).flatMap { name, state in
            state.containers.filter { query.container == nil || $0.name == query.container }.map {
                LogSource(namespace: query.namespace, pod: name, container: $0.name)
            }
        }
    }

    private func pods(of query: LogQuery) async throws -> [(String, PodState)] {
        let selector: String
        switch query.target {
        case .pod(let name):
            return [(name, PodState(try await json(.get, podPath(query.namespace, name))))]
        case .selector(let given): selector = given
        case .workload(let kind, let name):
            selector = try await podSelector(ofWorkload: kind, namespace: query.namespace, name: name)
        }
        let path = APIPath(.pods, namespace: query.namespace).asking("labelSelector", selector)
        let list = try await json(.get, path)
        return (list["items"].map { Array($0.elements) } ?? []).map {
            ($0[path: "metadata", "name"]?.string ?? "", PodState($0))
        }
    }

    func podPath(_ namespace: String, _ name: String) -> APIPath {
        APIPath(.pods, namespace: namespace).appending(name)
    }
}

extension KubernetesError {
    /// The phase of a feed that has nothing to show because of this.
    var feedPhase: FeedStatus.Phase {
        switch statusCode {
        case 403: .forbidden(reason: message)
        case 404: .absent(reason: message)
        default: .failed(reason: message)
        }
    }
}
