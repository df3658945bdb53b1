import Canvas
import Model
import PaneKit

/// The jobs and folders directly below a folder, of all environments in view.
struct JobRows {
    let rows: [ListView<PipelinesPane.JobID>.Row]

    init(_ folder: String, _ context: PaneContext) {
        let several = context.scope.environments.count > 1
        rows = context.scope.environments.flatMap { environment in
            (context.world.jobs[environment] ?? []).filter { Self.parent($0.id) == folder }.map {
                Self.row($0, environment, several, context)
            }
        }
    }

    private static func parent(_ path: String) -> String {
        path.split(separator: "/").dropLast().joined(separator: "/")
    }

    private static func row(_ job: PipelineJob, _ environment: EnvironmentID, _ several: Bool, _ context: PaneContext)
        -> ListView<PipelinesPane.JobID>.Row
    {
        let run = job.lastRun
        let state = run?.state ?? .unknown
        let name = (several ? "\(environment)  " : "") + job.name + (job.isFolder ? "/" : "")
        let words = job.isFolder ? "folder" : job.isDisabled ? "disabled" : run == nil ? "never ran" : state.rawValue
        return .init(
            id: .init(environment: environment, job: job.id),
            cells: [
                StyledLine(name, job.isFolder ? CellStyle(.keyword) : .text),
                StyledLine(words, CellStyle(run == nil ? .muted : state.tone.role)),
                StyledLine(run.map { "#\($0.id.number)" } ?? "", CellStyle(.muted)),
                StyledLine(run.map { Age.text(context.now.since($0.started)) } ?? "", CellStyle(.muted)),
                StyledLine(run.map { Figure.duration($0.took(at: context.now)) } ?? ""),
                StyledLine(
                    run.flatMap { $0.expected > 0 ? Figure.duration($0.expected) : nil } ?? "", CellStyle(.muted)),
            ], tone: run == nil ? .plain : state.tone)
    }
}

/// The runs of a job, newest first, with a sign for each stage.
struct RunRows {
    let rows: [ListView<Int>.Row]

    init(_ runs: [PipelineRun], _ context: PaneContext) {
        rows = runs.map { run in
            .init(
                id: run.id.number,
                cells: [
                    StyledLine("#\(run.id.number)"), StyledLine(run.state.rawValue, CellStyle(run.state.tone.role)),
                    StyledLine(Age.text(context.now.since(run.started)), CellStyle(.muted)),
                    StyledLine(Figure.duration(run.took(at: context.now))), Self.stages(run, context.isUnicode),
                    StyledLine(
                        [run.cause, run.commit.isEmpty ? "" : String(run.commit.prefix(8))].filter { !$0.isEmpty }
                            .joined(separator: "  "), CellStyle(.muted)),
                ], tone: run.state.tone)
        }
    }

    /// "✔ ✔ ✖ Deploy": a sign a stage, and the name of the one that matters: what failed, or what runs now.
    private static func stages(_ run: PipelineRun, _ unicode: Bool) -> StyledLine {
        var spans: [StyledLine.Span] = run.stages.map { stage in
            .init(stage.state.sign(unicode: unicode) + " ", CellStyle(stage.state.tone.role))
        }
        let telling = run.stages.last { [.failed, .unstable, .running, .paused, .aborted].contains($0.state) }
        if let telling {
            spans.append(
                .init("\(telling.name) \(Figure.duration(telling.duration))", CellStyle(telling.state.tone.role)))
        }
        return StyledLine(spans)
    }
}

extension PipelineRun {
    /// Seconds it took, or has been running.
    func took(at now: Timestamp) -> Double {
        state == .running || state == .paused ? max(duration, now.since(started)) : duration
    }
}

extension RunState {
    var tone: Tone {
        switch self {
        case .succeeded: .good
        case .running, .queued: .progressing
        case .paused, .unstable: .warning
        case .failed: .critical
        case .aborted, .skipped, .unknown: .muted
        }
    }

    func sign(unicode: Bool) -> String {
        switch self {
        case .succeeded: unicode ? "✔" : "+"
        case .running: unicode ? "▶" : ">"
        case .queued: unicode ? "◌" : "."
        case .paused: unicode ? "‖" : "="
        case .unstable: unicode ? "▲" : "!"
        case .failed: unicode ? "✖" : "X"
        case .aborted: unicode ? "■" : "#"
        case .skipped, .unknown: "-"
        }
    }
}
