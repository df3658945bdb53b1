import Synchronization

/// Remembers that a job has no stages to tell, so that it is not asked for them at each poll; asks again now and then.
final class StageKnowledge: Sendable {
    private static let asksAgainAfter = 20
    private let refusals = Mutex(0)

    var areWorthAsking: Bool {
        refusals.withLock { refusals in
            guard refusals > 0 else { return true }
            refusals += 1
            if refusals > Self.asksAgainAfter { refusals = 0 }
            return refusals == 0
        }
    }

    func note(_ hasStages: Bool) {
        refusals.withLock { refusals in
            if hasStages { refusals = 0 } else if refusals == 0 { refusals = 1 }
        }
    }
}
