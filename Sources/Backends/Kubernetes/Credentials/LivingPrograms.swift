import Glibc
import Synchronization

/// The programs that were started and have not been reaped, so that none outlives midwatch: each is a session of its own, which no
/// terminal ends.
final class LivingPrograms: Sendable {
    /// Those of this process, which are killed when it exits.
    static let ofProcess: LivingPrograms = {
        atexit { LivingPrograms.ofProcess.kill() }
        return LivingPrograms()
    }()

    private let children = Mutex<Set<pid_t>>([])

    func add(_ child: pid_t) { children.withLock { _ = $0.insert(child) } }

    func remove(_ child: pid_t) { children.withLock { _ = $0.remove(child) } }

    /// Kills all of them with their groups; whoever waits for one reaps it.
    func kill() {
        children.withLock { for child in $0 { Glibc.kill(-child, SIGKILL) } }
    }

    /// What `waitpid` says without waiting. The lock is held meanwhile, so that a number that is free again is never killed.
    func poll(_ child: pid_t, _ status: inout Int32) -> pid_t {
        children.withLock { children in
            let result = waitpid(child, &status, WNOHANG)
            if result == child { children.remove(child) }
            return result
        }
    }
}
