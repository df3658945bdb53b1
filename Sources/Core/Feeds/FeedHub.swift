import Backends
import Model
import Synchronization

/// Runs one feed for each thing that is looked at, however many panes look at it; owns every feed's task.
///
/// All calls return at once and may come from any thread. A feed that nobody looks at any more lingers for some
/// seconds, so that going back is instant; then it is stopped and the inbox says `.forgotten`.
public final class FeedHub: Sendable {
    private struct Running {
        let feed: any Feed
        let sink: FeedSink
        let task: Task<Void, Never>
        var subscribers = 1
        var linger: Task<Void, Never>?
        var older: Task<Void, Never>?

        func cancel() {
            task.cancel()
            linger?.cancel()
            older?.cancel()
        }
    }

    private let source: any FeedSource
    private let inbox: Inbox
    private let pacer: any Pacer
    private let lingerSeconds: Double
    private let running = Mutex<[FeedID: Running]>([:])

    public init(source: any FeedSource, inbox: Inbox, pacer: any Pacer, linger: Double = 8) {
        self.source = source
        self.inbox = inbox
        self.pacer = pacer
        lingerSeconds = linger
    }

    deinit { stop() }

    public func subscribe(_ id: FeedID) {
        running.withLock { running in
            guard running[id] == nil else {
                running[id]!.subscribers += 1
                running[id]!.linger?.cancel()
                running[id]!.linger = nil
                return
            }
            running[id] = start(id, with: source.feed(for: id))
        }
    }

    public func unsubscribe(_ id: FeedID) {
        running.withLock { running in
            guard let entry = running[id], entry.subscribers > 0 else { return }
            running[id]!.subscribers -= 1
            guard running[id]!.subscribers == 0 else { return }
            running[id]!.linger = Task { [weak self, pacer, lingerSeconds] in
                // A cancelled wait means that somebody looks again.
                guard (try? await pacer.sleep(lingerSeconds)) != nil else { return }
                self?.expire(id)
            }
        }
    }

    /// Reads one page further back, unless that is under way already.
    public func loadOlder(_ id: FeedID) {
        running.withLock { running in
            guard let entry = running[id], entry.older == nil else { return }
            running[id]!.older = Task { [weak self] in
                await entry.feed.loadOlder(entry.sink)
                self?.running.withLock { $0[id]?.older = nil }
            }
        }
    }

    /// Asks again at once: the feed's run is ended and begun anew; what it has gathered stays until the answer comes.
    /// A live feed to which the server pushes every change has nothing to ask for, and is left alone.
    public func refresh(_ id: FeedID) {
        running.withLock { running in
            guard let old = running[id], old.subscribers > 0, !(old.feed.isPushed && inbox.isLive(id)) else { return }
            old.cancel()
            var fresh = start(id, with: old.feed)
            fresh.subscribers = old.subscribers
            running[id] = fresh
        }
    }

    /// Stops every feed; for the end of the program.
    public func stop() {
        running.withLock { running in
            for entry in running.values { entry.cancel() }
            running = [:]
        }
    }

    private func start(_ id: FeedID, with feed: any Feed) -> Running {
        let sink = inbox.open(id)
        return Running(feed: feed, sink: sink, task: Task { await feed.run(sink) })
    }

    private func expire(_ id: FeedID) {
        let entry = running.withLock { running -> Running? in
            guard running[id]?.subscribers == 0 else { return nil }
            return running.removeValue(forKey: id)
        }
        guard let entry else { return }
        entry.cancel()
        inbox.close(entry.sink)
    }
}
