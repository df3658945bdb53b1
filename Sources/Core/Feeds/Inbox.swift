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
            state.tickets[update.feed] == ticket && state.add(update)
        }
        if isFirst { wake() }
    }

    func open(_ feed: FeedID) -> FeedSink {
        let ticket = state.withLock { state in
            state.lastNumber += 1
            let ticket = Ticket(number: state.lastNumber)
            state.tickets[feed] = ticket
            return ticket
        }
        return FeedSink(feed: feed, inbox: self, ticket: ticket)
    }

    /// Refuses what the feed may still post and says that its data can go.
    func close(_ feed: FeedID) {
        let isFirst = state.withLock { state in
            state.tickets[feed] = nil
            return state.add(FeedUpdate(feed, change: .forgotten))
        }
        if isFirst { wake() }
    }
}
