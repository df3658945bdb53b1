import Core
import Model
import Synchronization

/// Feeds whose pages of the past take until a test says so, whatever is cancelled; counts how many are read at once.
final class SlowPages: FeedSource, Feed {
    private struct State {
        var begun = 0
        var mostAtOnce = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }
    private let state = Mutex(State())

    var mostAtOnce: Int { state.withLock { $0.mostAtOnce } }

    func feed(for id: FeedID) -> any Feed { self }

    func run(_ sink: FeedSink) async {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        for await _ in stream {}
        continuation.finish()
    }

    func loadOlder(_ sink: FeedSink) async {
        await withCheckedContinuation { continuation in
            let reached = state.withLock { state in
                state.begun += 1
                state.waiting.append(continuation)
                state.mostAtOnce = max(state.mostAtOnce, state.waiting.count)
                let reached = state.watchers.filter { $0.count <= state.begun }
                state.watchers.removeAll { $0.count <= state.begun }
                return reached
            }
            for watcher in reached { watcher.continuation.resume() }
        }
    }

    /// Ends the page that was begun first.
    func finishPage() {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }?.resume()
    }

    func untilBegun(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                if state.begun >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isReached { continuation.resume() }
        }
    }
}
