import Model

/// Where feeds leave their updates for the main thread; the assembly joins it to Core.
public protocol UpdateInbox: AnyObject {
    /// Readable while updates wait (an eventfd); -1 when there is nothing to poll.
    var descriptor: Int32 { get }
    /// All that waits, merged per feed; makes the descriptor silent.
    func drain() -> [FeedUpdate]
}
