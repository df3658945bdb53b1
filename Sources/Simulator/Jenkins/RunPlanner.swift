import Foundation

/// Plans what a run will do, by the dice of its job and number.
struct RunPlanner: Sendable {
    let company: Company

    /// An ordinary run of a job.
    func plan(_ job: JenkinsJob, number: Int, queueID: Int, at start: Date, cause: SimRun.Cause? = nil) -> SimRun {
        var generator = SeededGenerator(seed: company.seed, "\(job.key)#\(number)")
        var dice = LogDice(generator.next())
        let author = company.person(ofTeam: job.team, choice: dice.roll())
        var run = SimRun(
            job: job.key, number: number, queueID: queueID, startedAt: start,
            cause: cause ?? (job.kind == .freestyle ? .timer : dice.below(5) == 0 ? .person(author) : .push(author)),
            stages: stages(of: job, &dice), commit: generator.hex(40), message: dice.pick(Self.messages), image: nil,
            node: "agent-\(1 + dice.below(4))")
        run.image = image(of: job, run)
        if !job.parameters.isEmpty {
            run.parameters = ["SERVICE": "payments-api", "VERSION": "2.\(number % 40).0", "DRY_RUN": "false"]
        }
        mishap(&run, &dice)
        return run
    }

    /// The stages of a job, all of them going well.
    func stages(of job: JenkinsJob, _ dice: inout LogDice) -> [SimRun.Stage] {
        let names =
            job.kind == .freestyle
            ? [] : job.workload == nil ? Self.plainStages : job.isMainBranch ? Self.mainStages : Self.branchStages
        guard !names.isEmpty else { return [SimRun.Stage(name: "", seconds: Double(20 + dice.below(60)))] }
        return names.map { name, usual in SimRun.Stage(name: name, seconds: usual * (0.7 + 0.6 * dice.fraction())) }
    }

    private func image(of job: JenkinsJob, _ run: SimRun) -> String? {
        guard let workload = job.workload else { return nil }
        return
            "\(workload.main.repository):\(job.isMainBranch ? "\(run.number / 100).\(run.number % 100 / 4).\(run.number % 4)" : "branch-\(run.commit.prefix(8))")"
    }

    /// Some runs fail, become unstable or are stopped.
    private func mishap(_ run: inout SimRun, _ dice: inout LogDice) {
        let chance = dice.below(100)
        let index = dice.below(max(1, run.stages.count))
        switch chance {
        case 0..<12:
            run.stages[index].result = .failure
            run.stages[index].seconds *= 0.6
            run.skipped = run.stages[(index + 1)...].map(\.name)
            run.stages = Array(run.stages[...index])
        case 12..<16:
            if let test = run.stages.firstIndex(where: { $0.name == "Test" }) { run.stages[test].result = .unstable }
        case 16..<19: run.stoppedAt = run.startedAt.addingTimeInterval(run.offset(ofStage: index) + 3)
        default: break
        }
    }

    private static let mainStages: [(String, Double)] = [
        ("Checkout", 6), ("Build", 75), ("Test", 120), ("Quality gate", 18), ("Image", 40), ("Deploy sandbox", 35),
        ("Smoke test", 20), ("Deploy production", 45),
    ]
    private static let branchStages: [(String, Double)] = [
        ("Checkout", 6), ("Build", 75), ("Test", 120), ("Quality gate", 18), ("Image", 40),
    ]
    private static let plainStages: [(String, Double)] = [("Prepare", 12), ("Plan", 60), ("Apply", 45)]
    private static let messages = [
        "Round half to even where yen have no minor unit", "Let the retry wait a little longer each time",
        "Bump the base image",
        "Say which merchant a webhook belongs to", "Read the feature flag once a request", "領収書の日付を直す",
        "Test the empty basket",
    ]
}
