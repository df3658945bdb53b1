import Synchronization

/// How much all containers of a cluster may have written at once, so that no client can fill the simulator's memory.
final class StorageBudget: Sendable {
    private let left: Mutex<Int>

    init(bytes: Int = 512 << 20) { left = Mutex(bytes) }

    /// Whether there is room for so many bytes more, which are taken then.
    func take(_ count: Int) -> Bool {
        left.withLock { left in
            guard left >= count else { return false }
            left -= count
            return true
        }
    }

    func giveBack(_ count: Int) { left.withLock { $0 += count } }
}
