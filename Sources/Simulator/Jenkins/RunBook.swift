import Foundation
import Synchronization

/// Every run of the simulated Jenkins, and its queue: the ordinary ones come by themselves as time passes, persons,
/// clients and scenarios add theirs.
final class RunBook: Sendable {
    /// How far back the history reaches when the company starts.
    private static let history: TimeInterval = 6 * 86_400
    /// How long something waits before it starts.
    private static let quietPeriod: TimeInterval = 5

    /// Something that waits, or that left the queue a while ago.
    struct QueueItem: Sendable, Equatable {
        var id: Int
        var job: String
        var since: Date
        var startsAt: Date
        var cause: SimRun.Cause
        var parameters: [String: String]
        var number: Int?
        /// A run that a scenario has planned to the last stage.
        var plan: SimRun?
        var isCancelled = false
    }

    private struct History {
        var job: JenkinsJob
        var runs: [SimRun] = []
        var nextNumber: Int
        var nextAt: Date
        var generator: SeededGenerator
    }

    private struct State {
        var histories: [String: History] = [:]
        var items: [QueueItem] = []
        var nextItem = 4100
    }

    let jobs: JenkinsJobs
    private let company: Company
    private let startedAt: Date
    private let state = Mutex(State())

    init(company: Company, startedAt: Date) {
        self.company = company
        self.startedAt = startedAt
        jobs = JenkinsJobs(company: company)
    }

    /// The runs of a job up to `now`, the newest first.
    func runs(of job: JenkinsJob, at now: Date) -> [SimRun] {
        state.withLock { state in
            catchUp(&state, to: now)
            return (state.histories[job.key]?.runs ?? []).reversed()
        }
    }

    /// The number that the next run of a job will have.
    func nextNumber(of job: JenkinsJob, at now: Date) -> Int {
        state.withLock { state in
            catchUp(&state, to: now)
            return state.histories[job.key]?.nextNumber ?? 1
        }
    }

    /// Everything that runs now.
    func running(at now: Date) -> [SimRun] {
        state.withLock { state in
            catchUp(&state, to: now)
            return state.histories.values.flatMap { $0.runs.suffix(4) }.filter { $0.isBuilding(at: now) }
                .sorted { ($0.startedAt, $0.job) < ($1.startedAt, $1.job) }
        }
    }

    /// What waits now, the oldest first.
    func queue(at now: Date) -> [QueueItem] {
        state.withLock { state in
            catchUp(&state, to: now)
            return state.items.filter { $0.number == nil && !$0.isCancelled }
        }
    }

    /// One item of the queue, also after it has left it.
    func item(_ id: Int, at now: Date) -> QueueItem? {
        state.withLock { state in
            catchUp(&state, to: now)
            return state.items.first { $0.id == id }
        }
    }

    /// Puts a run into the queue and gives the item's id; what waits already with the same parameters is not doubled.
    ///
    /// - Parameter plan: what the run will do, number and start left open; nil lets the dice decide.
    @discardableResult
    func enqueue(
        _ job: JenkinsJob, cause: SimRun.Cause, parameters: [String: String] = [:], plan: SimRun? = nil, at now: Date
    ) -> Int {
        state.withLock { state in
            catchUp(&state, to: now)
            let waiting = state.items.first {
                $0.job == job.key && $0.number == nil && !$0.isCancelled && $0.parameters == parameters
            }
            if let waiting, plan == nil { return waiting.id }
            state.nextItem += 1
            state.items.append(
                QueueItem(
                    id: state.nextItem, job: job.key, since: now, startsAt: now.addingTimeInterval(Self.quietPeriod),
                    cause: cause,
                    parameters: parameters, plan: plan))
            return state.nextItem
        }
    }

    /// Takes an item out of the queue; false when it is not there.
    func cancel(item id: Int, at now: Date) -> Bool {
        state.withLock { state in
            catchUp(&state, to: now)
            guard let index = state.items.firstIndex(where: { $0.id == id && $0.number == nil && !$0.isCancelled })
            else { return false }
            state.items[index].isCancelled = true
            return true
        }
    }

    /// Stops a run; one that is over stays as it is.
    func stop(_ run: SimRun, at now: Date) {
        state.withLock { state in
            guard let index = state.histories[run.job]?.runs.firstIndex(where: { $0.number == run.number }),
                run.isBuilding(at: now)
            else { return }
            state.histories[run.job]?.runs[index].stoppedAt = now
        }
    }

    private func catchUp(_ state: inout State, to now: Date) {
        if state.histories.isEmpty { found(&state) }
        for key in state.histories.keys {
            guard let next = state.histories[key]?.nextAt, next <= now else { continue }
            runScheduled(&state.histories[key], until: now)
        }
        for index in state.items.indices where state.items[index].number == nil && !state.items[index].isCancelled {
            start(&state.items[index], in: &state.histories, at: now)
        }
        // Jenkins forgets what left the queue after five minutes.
        state.items.removeAll { ($0.number != nil || $0.isCancelled) && $0.startsAt.addingTimeInterval(300) < now }
    }

    private func found(_ state: inout State) {
        for job in jobs.all where job.isRunnable {
            var generator = SeededGenerator(seed: company.seed, "runs of \(job.key)")
            let first =
                job.isDisabled
                ? Date.distantFuture : startedAt.addingTimeInterval(-Self.history * (0.7 + 0.3 * generator.fraction()))
            let base = job.isMainBranch || job.workload == nil ? 100 + Int(generator.next() % 400) : 1
            state.histories[job.key] = History(job: job, nextNumber: base, nextAt: first, generator: generator)
            if job.isMainBranch || job.workload == nil { runScheduled(&state.histories[job.key], until: startedAt) }
            adoptRelease(&state.histories[job.key])
        }
    }

    private func runScheduled(_ history: inout History?, until now: Date) {
        guard var own = history else { return }
        history = nil
        let planner = RunPlanner(company: company)
        while own.nextAt <= now {
            let run = planner.plan(own.job, number: own.nextNumber, queueID: 1000 + own.nextNumber, at: own.nextAt)
            own.runs.append(run)
            own.nextNumber += 1
            own.nextAt = max(
                run.endsAt, own.nextAt.addingTimeInterval(own.job.interval * (0.3 + 1.4 * own.generator.fraction())))
        }
        if own.runs.count > 200 { own.runs.removeFirst(own.runs.count - 200) }
        history = own
    }

    /// The newest release that went well is what runs in production now.
    private func adoptRelease(_ history: inout History?) {
        guard let job = history?.job, job.isMainBranch, let workload = job.workload,
            let index = history?.runs.lastIndex(where: { $0.result(at: startedAt) == .success })
        else { return }
        history?.runs[index].commit = workload.commit
        history?.runs[index].image = workload.main.image
    }

    private func start(_ item: inout QueueItem, in histories: inout [String: History], at now: Date) {
        guard item.startsAt <= now, let history = histories[item.job] else { return }
        // A job runs once at a time here, so a second waits for the first to end.
        let free = max(item.startsAt, history.runs.last?.endsAt ?? .distantPast)
        guard free <= now else { return }
        var run =
            item.plan
            ?? RunPlanner(company: company).plan(
                history.job, number: history.nextNumber, queueID: item.id, at: free, cause: item.cause)
        run.number = history.nextNumber
        run.queueID = item.id
        run.startedAt = free
        run.parameters.merge(item.parameters) { _, given in given }
        histories[item.job]?.runs.append(run)
        histories[item.job]?.nextNumber += 1
        item.number = run.number
        item.startsAt = free
    }
}

extension SeededGenerator {
    fileprivate mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
}
