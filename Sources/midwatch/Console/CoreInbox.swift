import Console
import Core
import Model

/// Core's inbox as the console's main loop wants it: with a descriptor to poll.
final class CoreInbox: UpdateInbox {
    private let inbox: Inbox
    private let wake: WakeDescriptor

    init(_ inbox: Inbox, _ wake: WakeDescriptor) {
        self.inbox = inbox
        self.wake = wake
    }

    var descriptor: Int32 { wake.number }

    func drain() -> [FeedUpdate] {
        // Silenced first: what comes in between is drained now, and at worst wakes once more for nothing.
        wake.silence()
        return inbox.drain()
    }
}
