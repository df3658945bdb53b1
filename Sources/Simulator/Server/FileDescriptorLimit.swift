import Foundation

/// The process's limit of open files: a thousand watches need more than the usual soft limit of 1,024.
enum FileDescriptorLimit {
    /// Raises the soft limit to the hard one; where the system refuses, the old limit stays and nothing else changes.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max
        else { return }
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
