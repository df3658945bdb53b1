import ArgumentParser
import Canvas
import Core
import Foundation
import Model
import PaneKit

/// Prints the jobs of the CI server, the runs of one, or the log of a run.
struct RunsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "runs", abstract: "Print the jobs of the CI server, or the runs of one.")

    @Argument(help: "A job's path: payments/ledger/main. Without it, all jobs.")
    var job: String?

    @OptionGroup var connection: ConnectionOptions

    @Option(name: .shortAndLong, help: "How to print: table, wide, json, name.")
    var output = OutputFormat.table

    @Option(help: "Runs at most.")
    var limit = 30

    @Option(help: ArgumentHelp("Print the console log of this run.", valueName: "number"))
    var log: Int?

    func validate() throws {
        if output == .yaml { throw ValidationError("runs are printed as table, wide, json or name") }
        if log != nil, job == nil { throw ValidationError("--log needs the job that the run is of") }
    }

    func run() throws {
        try plainly {
            let environment = try connection.oneEnvironment()
            if let job, let log { return try printLog(environment, RunReference(job: job, number: log)) }
            if let job { return try printRuns(environment, job) }
            try printJobs(environment)
        }
    }

    private func printLog(_ environment: Environment, _ run: RunReference) throws {
        let isTerminal = isatty(STDOUT_FILENO) != 0
        try waiting {
            try await environment.runLog(run) { lines in
                let text = lines.map { String(decoding: $0, as: UTF8.self) }
                    .map { (isTerminal ? DisplayText.safe($0, keeping: ["\t"]) : $0) + "\n" }.joined()
                FileHandle.standardOutput.write(Data(text.utf8))
            }
        }
    }

    private func printJobs(_ environment: Environment) throws {
        let jobs = try waiting { try await environment.pipelineJobs() }
        switch output {
        case .json: try JSONOutput.print(jobs.map(JobReport.init))
        case .name: print(jobs.map { DisplayText.safe($0.id) }.joined(separator: "\n"))
        default:
            let now = Date().timeIntervalSince1970
            let rows = jobs.filter { !$0.isFolder }.map { cells($0, now) }
            print(TextTable(["JOB", "STATE", "RUN", "STARTED", "TOOK"] + (output == .wide ? ["URL"] : []), rows).text)
        }
    }

    private func cells(_ job: PipelineJob, _ now: Double) -> [String] {
        guard let run = job.lastRun else { return [job.id, job.isDisabled ? "disabled" : "never ran", "", "", ""] }
        let state = job.isDisabled ? "disabled" : run.state.rawValue
        let age = Age.text(now - run.started.seconds)
        let url = output == .wide ? [job.url] : []
        return [job.id, state, "#\(run.id.number)", age, Figure.duration(run.duration)] + url
    }

    private func printRuns(_ environment: Environment, _ job: String) throws {
        let runs = try waiting { [limit] in try await environment.pipelineRuns(ofJob: job, limit: limit) }
        switch output {
        case .json: try JSONOutput.print(runs.map(RunReport.init))
        case .name: print(runs.map { "#\($0.id.number)" }.joined(separator: "\n"))
        default:
            let now = Date().timeIntervalSince1970
            let rows = runs.map { cells($0, now) }
            let more = output == .wide ? ["COMMIT", "URL"] : []
            print(TextTable(["RUN", "STATE", "STARTED", "TOOK", "STAGES", "CAUSE"] + more, rows).text)
        }
    }

    private func cells(_ run: PipelineRun, _ now: Double) -> [String] {
        let stages = run.stages.map { "\($0.name):\($0.state.rawValue)" }.joined(separator: " ")
        let age = Age.text(now - run.started.seconds)
        let more = output == .wide ? [run.commit, run.url] : []
        return ["#\(run.id.number)", run.state.rawValue, age, Figure.duration(run.duration), stages, run.cause] + more
    }
}
