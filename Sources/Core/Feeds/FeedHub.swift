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
        var older: OlderPage?
        /// A page that was under way when the feed was begun anew: cancelled, but perhaps not at its end yet.
        var leaving: Task<Void, Never>?

        mutating func join() {
            subscribers += 1
            linger?.cancel()
            linger = nil
        }

        func cancel() {
            task.cancel()
            linger?.cancel()
            older?.task.cancel()
        }
    }

    private struct OlderPage {
        let number: UInt64
        let task: Task<Void, Never>
    }

    private let source: any FeedSource
    private let inbox: Inbox
    private let pacer: any Pacer
    private let lingerSeconds: Double
    private let running = Mutex<[FeedID: Running]>([:])
    private let pages = Atomic<UInt64>(0)

    public init(source: any FeedSource, inbox: Inbox, pacer: any Pacer, linger: Double = 8) {
        self.source = source
        self.inbox = inbox
        self.pacer = pacer
        lingerSeconds = linger
    }

    deinit { stop() }

    public func subscribe(_ id: FeedID) {
        if join(id) { return }
        let feed = source.feed(for: id)
        running.withLock { running in
            // Somebody else may have come first meanwhile.
            if running[id] == nil { running[id] = start(id, with: feed) } else { running[id]!.join() }
        }
        inbox.repeatAnnouncement(on: id)
    }

    private func join(_ id: FeedID) -> Bool {
        running.withLock { running in
            guard running[id] != nil else { return false }
            running[id]!.join()
            return true
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
            let number = pages.wrappingAdd(1, ordering: .relaxed).newValue
            let task = Task { [weak self] in
                await entry.leaving?.value
                guard !Task.isCancelled else { return }
                await entry.feed.loadOlder(entry.sink)
                self?.ended(page: number, of: id)
            }
            running[id]!.older = OlderPage(number: number, task: task)
        }
    }

    /// A page of an earlier run must not clear the way for a second one beside that of the present run.
    private func ended(page number: UInt64, of id: FeedID) {
        running.withLock { running in
            if running[id]?.older?.number == number { running[id]!.older = nil }
        }
    }

    /// Asks again at once: the feed's run is ended and begun anew; what it has gathered stays until the answer comes.
    /// A live feed to which the server pushes every change has nothing to ask for, and is left alone.
    public func refresh(_ id: FeedID) {
        let old = running.withLock { running -> Running? in
            guard let old = running[id], old.subscribers > 0, !(old.feed.isPushed && inbox.isLive(id)) else {
                return nil
            }
            var fresh = start(id, with: old.feed)
            fresh.subscribers = old.subscribers
            fresh.leaving = old.older?.task ?? old.leaving
            running[id] = fresh
            return old
        }
        guard let old else { return }
        old.cancel()
        inbox.repeatAnnouncement(on: id)
    }

    /// Stops every feed; for the end of the program.
    public func stop() {
        let all = running.withLock { running in
            defer { running = [:] }
            return Array(running.values)
        }
        for entry in all { entry.cancel() }
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
