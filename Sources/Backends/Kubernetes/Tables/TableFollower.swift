import HTTP
import JSON
import Model

/// Lists and watches one query until its task is cancelled: the part around `TableWatchState` that asks and sleeps.
struct TableFollower: Sendable {
    let client: KubernetesClient
    let query: TableQuery
    let knownNamespaces: [String]
    let merge: TableMerge

    init(
        _ client: KubernetesClient, _ query: TableQuery, knownNamespaces: [String],
        post: @escaping @Sendable (TableFeedEvent) -> Void
    ) {
        self.client = client
        self.query = query
        self.knownNamespaces = knownNamespaces
        merge = TableMerge(pacer: client.pacer, post: post)
    }

    func run() async throws {
        let named = query.kind.isNamespaced ? query.scope.names : []
        guard named.isEmpty else { return try await follow(named, notices: []) }
        while true {
            let scope = TableScope(query, namespace: nil)
            await merge.begin([scope], notices: [])
            let refusal = try await follow(scope, 0)
            let choice = await client.namespaces(allowing: query.kind, among: knownNamespaces)
            if !choice.names.isEmpty {
                return try await follow(choice.names, notices: [choice.notice(for: query.kind)])
            }
            await merge.refused(refusal)
            try await client.pacer.sleep(TableWatchState.slowRetry)
        }
    }

    private func follow(_ namespaces: [String], notices: [String]) async throws {
        let scopes = namespaces.map { TableScope(query, namespace: $0) }
        await merge.begin(scopes, notices: notices)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, scope) in scopes.enumerated() {
                group.addTask { _ = try await follow(scope, index) }
            }
            try await group.waitForAll()
        }
    }

    /// Returns only when listing everywhere is refused, with the server's reason.
    private func follow(_ scope: TableScope, _ index: Int) async throws -> String {
        var decoder = TableDecoder()
        var step = TableWatchState.start
        while true {
            do {
                switch step {
                case .list(let limit, let continuation):
                    let page = try await client.page(scope, limit: limit, continuation: continuation, &decoder)
                    step = await merge.received(page, in: index)
                case .watch(let version, let seconds):
                    step = try await watch(scope.watch(from: version, seconds: seconds), index, &decoder)
                case .wait(let seconds):
                    try await client.pacer.sleep(seconds)
                    step = await merge.waited(in: index)
                case .narrow:
                    return ""
                }
            } catch let error as KubernetesError {
                step = await merge.failed(error, in: index)
                if step == .narrow { return error.message }
            }
        }
    }

    private func watch(
        _ path: APIPath, _ index: Int, _ decoder: inout TableDecoder
    ) async throws -> TableWatchState.Step {
        // The pages are through; what parsing them needed is not kept while events of a few kilobytes come.
        JSONValue.releaseScratch()
        let stream = try await client.open(path, accept: KubernetesClient.tableAccept)
        await merge.watchOpened(in: index)
        var lines = NewlineFrames()
        var chunks = stream.body.makeAsyncIterator()
        while let chunk = try await client.reaching(path, { try await chunks.next() }) {
            let events = try decode(chunk, &lines, &decoder, path.path)
            // All that one chunk holds is one change of the screen.
            if !events.isEmpty, let step = await merge.received(events, in: index) { return step }
        }
        // Half a line at the end is an event that was cut off; the next watch brings it whole.
        return await merge.watchEnded(in: index)
    }

    private func decode(
        _ chunk: [UInt8], _ lines: inout NewlineFrames, _ decoder: inout TableDecoder, _ target: String
    ) throws -> [(TableWatchEvent, String)] {
        do {
            return try lines.documents(in: chunk).map { try decoder.event($0, target: target) }
        } catch let error as JSONError {
            throw KubernetesError.decoding(target: target, cause: error.message)
        }
    }
}

extension KubernetesClient {
    /// Follows a query: a status at once, then rows page by page, then every change.
    ///
    /// It never ends by itself: it comes back from failures, asks again slowly where it was refused, and ends when the
    /// reading task does. Unbounded, because its reader merges what it gets into an inbox and is never slow.
    public func followTable(_ query: TableQuery, knownNamespaces: [String] = []) -> AsyncStream<TableFeedEvent> {
        AsyncStream { continuation in
            let task = Task {
                // Nothing but the task's own cancellation is thrown here.
                try? await followTable(query, knownNamespaces: knownNamespaces) { continuation.yield($0) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// The same without a buffer between: `post` is called in order, from any thread, until the task is cancelled.
    public func followTable(
        _ query: TableQuery, knownNamespaces: [String] = [], post: @escaping @Sendable (TableFeedEvent) -> Void
    ) async throws {
        try await TableFollower(self, query, knownNamespaces: knownNamespaces, post: post).run()
    }
}
