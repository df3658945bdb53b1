import Model
import Synchronization

/// Says on stderr how a followed log goes: each thing when it begins, not again with every status that repeats it.
final class LogStatusTeller: Sendable {
    private let last = Mutex(FeedStatus.idle)

    func tell(_ status: FeedStatus) {
        let former = last.withLock { last in
            defer { last = status }
            return last
        }
        if status.phase != former.phase, let words = Self.words(status.phase) { complain("midwatch: \(words)") }
        for notice in status.notices where !former.notices.contains(notice) { complain("midwatch: \(notice)") }
    }

    private static func words(_ phase: FeedStatus.Phase) -> String? {
        switch phase {
        case .stale(let reason), .failed(let reason): "\(reason); still trying"
        case .forbidden(let reason), .absent(let reason): reason
        case .loading, .live, .ended: nil
        }
    }
}
