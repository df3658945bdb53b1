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
        /// The last status of each open feed, as the feed gave it.
        var statuses: [FeedID: FeedStatus] = [:]
        /// Words for every feed of an environment, added to its notices while they stand.
        var announcements: [EnvironmentID: [String]] = [:]

        mutating func add(_ update: FeedUpdate) -> Bool {
            if let index = waiting.index(forKey: update.feed) {
                waiting.values[index].merge(update)
                return false
            }
            waiting[update.feed] = update
            order.append(update.feed)
            return order.count == 1
        }

        mutating func announce(_ notices: [String], on feed: FeedID) -> Bool {
            var status = statuses[feed] ?? .idle
            status.notices += notices
            return add(FeedUpdate(feed, status: status))
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
            var update = update
            if let status = update.status {
                state.statuses[update.feed] = status
                update.status?.notices += state.announcements[update.feed.environment] ?? []
            }
            return state.add(update)
        }
        if isFirst { wake() }
    }

    /// Whether the last status of a feed's present opening was live.
    func isLive(_ feed: FeedID) -> Bool { state.withLock { $0.statuses[feed]?.phase == .live } }

    /// Has every open feed of an environment say these words beside its own, until the next call; none takes them back.
    func announce(_ notices: [String], in environment: EnvironmentID) {
        let isFirst = state.withLock { state in
            state.announcements[environment] = notices.isEmpty ? nil : notices
            // Each is added: the first of them decides.
            return state.tickets.keys.filter { $0.environment == environment }
                .reduce(false) { state.announce(notices, on: $1) || $0 }
        }
        if isFirst { wake() }
    }

    /// For a feed that was opened while words stand, and has not spoken yet.
    func repeatAnnouncement(on feed: FeedID) {
        let isFirst = state.withLock { state in
            guard let notices = state.announcements[feed.environment], state.tickets[feed] != nil else { return false }
            return state.announce(notices, on: feed)
        }
        if isFirst { wake() }
    }

    func open(_ feed: FeedID) -> FeedSink {
        let ticket = state.withLock { state in
            state.lastNumber += 1
            let ticket = Ticket(number: state.lastNumber)
            state.tickets[feed] = ticket
            state.statuses[feed] = nil
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
            state.statuses[sink.feed] = nil
            return state.add(FeedUpdate(sink.feed, change: .forgotten))
        }
        if isFirst { wake() }
    }
}
