import Canvas
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

struct PipelinesPaneTests {
    private static func run(_ number: Int, _ state: RunState, minutes: Double, stages: [PipelineRun.Stage])
        -> PipelineRun
    {
        PipelineRun(
            id: RunReference(job: "ledger/ledger-api/main", number: number), state: state,
            started: Timestamp(seconds: Company.now.seconds - minutes * 60), duration: 192, expected: 200,
            stages: stages,
            cause: "Push by Ada Lantern", commit: "9f31c0ffee", url: "http://jenkins/job/\(number)")
    }

    private static let stages = [
        PipelineRun.Stage(name: "Checkout", state: .succeeded, duration: 4),
        PipelineRun.Stage(name: "Build", state: .succeeded, duration: 61),
        PipelineRun.Stage(name: "Deploy", state: .failed, duration: 12),
    ]

    private func driver() -> PaneDriver {
        var company = Company()
        let failed = Self.run(42, .failed, minutes: 7, stages: Self.stages)
        let jobs = [
            PipelineJob(id: "ledger", name: "ledger", isFolder: true),
            PipelineJob(id: "nightly", name: "nightly", lastRun: Self.run(7, .succeeded, minutes: 600, stages: [])),
            PipelineJob(id: "old", name: "old", isDisabled: true),
            PipelineJob(id: "ledger/ledger-api", name: "ledger-api", isFolder: true),
            PipelineJob(id: "ledger/ledger-api/main", name: "main", lastRun: failed),
        ]
        let live = FeedStatus(.live, since: Company.now)
        _ = company.world.apply(FeedUpdate(.jobs("production"), status: live, change: .jobs(jobs)))
        let runs = [
            Self.run(43, .running, minutes: 1, stages: [.init(name: "Build", state: .running, duration: 40)]), failed,
            Self.run(41, .succeeded, minutes: 90, stages: []),
        ]
        _ = company.world.apply(
            FeedUpdate(.runs("production", job: "ledger/ledger-api/main"), status: live, change: .runs(runs)))
        return PaneDriver(PipelinesPane(), company, width: 100)
    }

    @Test("the root shows folders and jobs with their last run")
    func root() { expectGolden(driver().frame, "pipelines-100x20") }

    @Test("enter goes into folders and then to the runs with their stages")
    func runs() {
        var driver = driver()
        driver.press("enter", "enter", "enter")
        expectGolden(driver.frame, "runs-100x20")
    }

    @Test("enter on a run follows its log")
    func log() {
        var driver = driver()
        driver.press("enter", "enter", "enter", "j", "enter")
        let run = RunReference(job: "ledger/ledger-api/main", number: 42)
        #expect(driver.pane.feeds(in: driver.context) == [.runLog("production", run: run)])
    }

    @Test("l on a job goes straight to the log of its last run")
    func lastLog() {
        var driver = driver()
        driver.press("j", "l")
        #expect(driver.rows[0].hasPrefix("ledger/ledger-api/main #7"))
    }

    @Test("escape goes up folder by folder and leaves at the root")
    func back() {
        var driver = driver()
        driver.press("enter", "escape")
        #expect(driver.rows[0].hasPrefix("Pipelines  3"))
        driver.press("escape")
        #expect(driver.effects == [.leave])
    }

    @Test("an environment without Jenkins says so")
    func absent() {
        var company = Company()
        company.setStatus(
            .jobs("production"), .absent(reason: "production has no jenkins"), hint: "config.yaml can name one")
        let driver = PaneDriver(PipelinesPane(), company)
        expectGolden(driver.frame, "pipelines-absent-80x20")
    }
}
