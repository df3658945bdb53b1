import Core
import Model
import Synchronization

/// Feeds that do what a test says: each posts one update and then waits until it is cancelled.
final class FakeFeeds: FeedSource {
    struct Log: Sendable {
        var started: [FeedID] = []
        var ended: [FeedID] = []
        var older: [FeedID] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }
    private let log = Mutex(Log())

    var started: [FeedID] { log.withLock { $0.started } }
    var older: [FeedID] { log.withLock { $0.older } }

    func feed(for id: FeedID) -> any Feed {
        if case .table = id { FakeFeed(owner: self, isPushed: true) } else { FakeFeed(owner: self) }
    }

    /// Returns once so many feeds have ended.
    func untilEnded(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = log.withLock { log in
                if log.ended.count >= count { return true }
                log.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }

    fileprivate func noteStart(_ id: FeedID) { log.withLock { $0.started.append(id) } }
    fileprivate func noteOlder(_ id: FeedID) { log.withLock { $0.older.append(id) } }
    fileprivate func noteEnd(_ id: FeedID) {
        let reached = log.withLock { log in
            log.ended.append(id)
            let reached = log.watchers.filter { $0.count <= log.ended.count }
            log.watchers.removeAll { $0.count <= log.ended.count }
            return reached
        }
        for watcher in reached { watcher.continuation.resume() }
    }
}

private struct FakeFeed: Feed {
    let owner: FakeFeeds
    var isPushed = false

    func run(_ sink: FeedSink) async {
        owner.noteStart(sink.feed)
        sink.post(.server(ServerState(version: "v1.36.0")), status: FeedStatus(.live))
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        continuation.finish()
        sink.post(FeedStatus(.failed(reason: "posted after the end")))
        owner.noteEnd(sink.feed)
    }

    func loadOlder(_ sink: FeedSink) async { owner.noteOlder(sink.feed) }
}

/// Counts how often the inbox woke the main loop, and lets a test wait for it.
final class WakeCounter: Sendable {
    private struct State {
        var count = 0
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }
    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    func wake() {
        let reached = state.withLock { state in
            state.count += 1
            let reached = state.watchers.filter { $0.count <= state.count }
            state.watchers.removeAll { $0.count <= state.count }
            return reached
        }
        for watcher in reached { watcher.continuation.resume() }
    }

    func untilWoken(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.count >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }
}
