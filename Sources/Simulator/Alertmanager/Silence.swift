import Foundation

/// A silence as Alertmanager keeps it.
struct Silence: Sendable, Equatable {
    enum State: String, Sendable { case active, pending, expired }

    var id: String
    var matchers: [AlertMatcher]
    var startsAt: Date
    var endsAt: Date
    var updatedAt: Date
    var createdBy: String
    var comment: String

    func state(at moment: Date) -> State {
        if endsAt <= moment { return .expired }
        return startsAt > moment ? .pending : .active
    }

    func silences(_ alert: SimAlert, at moment: Date) -> Bool {
        state(at: moment) == .active && matchers.allSatisfy { $0.matches(alert.labels) }
    }
}
