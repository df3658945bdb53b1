import Foundation

/// One run of a job: everything that will be known of it; how far it is follows from the time.
struct SimRun: Sendable, Equatable {
    enum Result: String, Sendable {
        case success = "SUCCESS"
        case failure = "FAILURE"
        case unstable = "UNSTABLE"
        case aborted = "ABORTED"
    }

    enum Cause: Sendable, Equatable {
        case person(SimPerson)
        case push(SimPerson)
        case timer
    }

    struct Stage: Sendable, Equatable {
        var name: String
        var seconds: Double
        var result: Result = .success
    }

    var job: String
    var number: Int
    var queueID: Int
    var startedAt: Date
    var cause: Cause
    /// What the pipeline does, as far as it gets: a stage that failed is the last one.
    var stages: [Stage]
    /// The names of stages that a failure kept from running.
    var skipped: [String] = []
    var commit: String
    var message: String
    /// The image that it pushes: `registry.lanternpay.example/payments/payments-api:2.14.0`.
    var image: String?
    var node: String
    var parameters: [String: String] = [:]
    /// When somebody stopped it.
    var stoppedAt: Date?

    var plannedEnd: Date { startedAt.addingTimeInterval(stages.reduce(2) { $0 + $1.seconds }) }
    var endsAt: Date { min(stoppedAt ?? .distantFuture, plannedEnd) }

    func isBuilding(at moment: Date) -> Bool { moment < endsAt }

    /// Nil while it runs.
    func result(at moment: Date) -> Result? {
        guard !isBuilding(at: moment) else { return nil }
        if let stoppedAt, stoppedAt < plannedEnd { return .aborted }
        return stages.map(\.result).first { $0 != .success } ?? .success
    }

    /// Seconds since its start, or in all when it is over.
    func elapsed(at moment: Date) -> Double {
        max(0, min(moment, endsAt).timeIntervalSince(startedAt))
    }

    /// When a stage starts, in seconds after the run's start.
    func offset(ofStage index: Int) -> Double {
        stages[..<index].reduce(1) { $0 + $1.seconds }
    }
}
