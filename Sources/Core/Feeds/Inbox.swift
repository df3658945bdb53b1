import Model
import Synchronization

/// What the feeds said and the main loop has not taken yet, merged per feed: it grows with what changed, not with time.
public final class Inbox: Sendable {
    /// One opening of one feed; what an earlier opening still posts is dropped.
    struct Ticket: Sendable, Equatable { fileprivate let number: UInt64 }

    private struct State {
        var waiting: [FeedID: FeedUpdate] = [:]
        var order: [FeedID] = []
        var tickets: [FeedID: Ticket] = [:]
        var lastNumber: UInt64 = 0
        /// Feeds whose last word was that they are live.
        var live: Set<FeedID> = []

        mutating func add(_ update: FeedUpdate) -> Bool {
            if let index = waiting.index(forKey: update.feed) {
                waiting.values[index].merge(update)
                return false
            }
            waiting[update.feed] = update
            order.append(update.feed)
            return order.count == 1
        }
    }

    private let state = Mutex(State())
    private let wake: @Sendable () -> Void

    /// `wake` is called, from any thread, each time the inbox stops being empty.
    public init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

    /// Everything since the last call, one update a feed, in the order in which the feeds first spoke.
    public func drain() -> [FeedUpdate] {
        state.withLock { state in
            defer {
                state.waiting.removeAll(keepingCapacity: true)
                state.order.removeAll(keepingCapacity: true)
            }
            return state.order.map { state.waiting[$0]! }
        }
    }

    /// For what has no feed running, such as the answer to something asked once.
    public func post(_ update: FeedUpdate) {
        let isFirst = state.withLock { $0.add(update) }
        if isFirst { wake() }
    }

    func post(_ update: FeedUpdate, ticket: Ticket) {
        let isFirst = state.withLock { state in
            guard state.tickets[update.feed] == ticket else { return false }
            if let status = update.status {
                if status.phase == .live { state.live.insert(update.feed) } else { state.live.remove(update.feed) }
            }
            return state.add(update)
        }
        if isFirst { wake() }
    }

    /// Whether the last status of a feed's present opening was live.
    func isLive(_ feed: FeedID) -> Bool { state.withLock { $0.live.contains(feed) } }

    func open(_ feed: FeedID) -> FeedSink {
        let ticket = state.withLock { state in
            state.lastNumber += 1
            let ticket = Ticket(number: state.lastNumber)
            state.tickets[feed] = ticket
            state.live.remove(feed)
            return ticket
        }
        return FeedSink(feed: feed, inbox: self, ticket: ticket)
    }

    /// Refuses what this opening of a feed may still post and says that its data can go. An opening that another has
    /// followed is closed already.
    func close(_ sink: FeedSink) {
        let isFirst = state.withLock { state in
            guard state.tickets[sink.feed] == sink.ticket else { return false }
            state.tickets[sink.feed] = nil
            state.live.remove(sink.feed)
            return state.add(FeedUpdate(sink.feed, change: .forgotten))
        }
        if isFirst { wake() }
    }
}
