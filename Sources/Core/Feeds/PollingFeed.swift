import Backends
import Model

/// A feed that asks again and again: everything without a watch of its own.
///
/// An answer that equals the last one is not posted. After a failure it asks soon, then ever more seldom; what was shown
/// stays and is called stale.
struct PollingFeed<Value: Equatable & Sendable>: Feed {
    struct Answer: Sendable {
        var value: Value
        var notices: [String] = []
        /// Seconds until it is worth asking again; nil when nothing more can come.
        var next: Double?
        /// Why nothing more comes, for the screen.
        var ending = ""
    }

    let pacer: any Pacer
    let change: @Sendable (Value) -> FeedChange
    let ask: @Sendable () async throws -> Answer

    func run(_ sink: FeedSink) async {
        var progress = PollingProgress()
        var last: Value?
        while !Task.isCancelled {
            let wait: Double
            do {
                let answer = try await ask()
                let status = progress.succeeded(
                    at: pacer.now, notices: answer.notices, ending: answer.next == nil ? answer.ending : nil)
                if last != answer.value {
                    sink.post(change(answer.value), status: status)
                    last = answer.value
                } else if let status {
                    sink.post(status)
                }
                guard let next = answer.next else { return }
                wait = next
            } catch {
                guard !Task.isCancelled else { return }
                let fault = FeedFault(error)
                let (status, seconds) = progress.failed(fault, at: pacer.now)
                if let status { sink.post(status) }
                guard !fault.isFinal else { return }
                wait = seconds
            }
            // Only a cancelled task wakes early.
            guard (try? await pacer.sleep(pacer.jittered(wait))) != nil else { return }
        }
    }
}

/// What a polling feed says of itself from one answer to the next; a status only when it differs from the one before.
struct PollingProgress: Sendable {
    private var status: FeedStatus?
    private var lastSuccess: Timestamp?
    private var failures = 0

    /// Refusals do not heal by themselves, so they are not asked about often.
    static let refusedInterval = 60.0

    mutating func succeeded(at now: Timestamp, notices: [String], ending: String?) -> FeedStatus? {
        lastSuccess = now
        failures = 0
        return changed(FeedStatus(ending.map { .ended(reason: $0) } ?? .live, since: now, notices: notices))
    }

    mutating func failed(_ fault: FeedFault, at now: Timestamp) -> (FeedStatus?, wait: Double) {
        let phase: FeedStatus.Phase = lastSuccess == nil ? fault.phase : .stale(reason: fault.reason)
        let next = FeedStatus(phase, since: lastSuccess ?? now, notices: status?.notices ?? [], hint: fault.hint)
        failures = min(failures + 1, 8)
        let backOff = fault.kind == .failed ? min(30, Double(1 << failures)) : Self.refusedInterval
        return (changed(next), max(fault.retryAfter ?? 0, backOff))
    }

    private mutating func changed(_ next: FeedStatus) -> FeedStatus? {
        if let status, status.phase == next.phase, status.notices == next.notices { return nil }
        status = next
        return next
    }
}
