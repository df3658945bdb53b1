import Foundation

/// The console log of a run, as far as it has been written at a moment: the same bytes whenever one asks, more as time passes.
///
/// Holds what real ones hold: Jenkins' console notes (`ESC[8mha:…ESC[0m`), ANSI colours, carriage-return progress, UTF-8.
struct RunLog {
    private let run: SimRun
    private let job: JenkinsJob
    private var entries: [(offset: Double, bytes: [UInt8])] = []

    init(_ run: SimRun, of job: JenkinsJob) {
        self.run = run
        self.job = job
        writeHead()
        for index in run.stages.indices { writeStage(index) }
    }

    /// What the log file holds at `moment`.
    func bytes(at moment: Date) -> [UInt8] {
        let elapsed = run.elapsed(at: moment)
        let isOver = !run.isBuilding(at: moment)
        var bytes = entries.filter { $0.offset <= elapsed }.flatMap(\.bytes)
        if isOver { bytes += tail(at: moment) }
        return bytes
    }

    /// The same without console notes, as `consoleText` gives it.
    static func plain(_ bytes: [UInt8]) -> [UInt8] {
        var plain: [UInt8] = []
        var rest = bytes[...]
        let opening = Array("\u{1B}[8mha:".utf8)
        let closing = Array("\u{1B}[0m".utf8)
        while let start = rest.firstRange(of: opening) {
            plain += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: closing) else { return plain }
            rest = rest[end.upperBound...]
        }
        return plain + rest
    }

    private mutating func writeHead() {
        switch run.cause {
        case .person(let person): line(0, "Started by user ", note: "user", person.name)
        case .push(let person): line(0, "Push event to branch \(job.displayName) by \(person.name)")
        case .timer: line(0, "Started by timer")
        }
        guard job.kind == .pipeline else {
            return line(0.2, "Building remotely on \(run.node) in workspace /home/jenkins/workspace/\(job.name)")
        }
        if job.workload != nil {
            line(
                0.1,
                " > git fetch --no-tags --force --progress -- \(job.workload?.repository ?? "") +refs/heads/\(job.displayName)"
            )
        }
        if job.workload != nil { line(0.4, "Checking out Revision \(run.commit) (\(job.displayName))") }
        if job.workload != nil { line(0.45, "Commit message: \"\(run.message)\"") }
        pipeline(0.5, "Start of Pipeline")
        pipeline(0.6, "node")
        line(
            0.7, "Running on ", note: "node",
            "\(run.node) in /home/jenkins/workspace/\(job.path.joined(separator: "_").replacing("%", with: "_"))")
        pipeline(0.8, "{")
    }

    private mutating func writeStage(_ index: Int) {
        let stage = run.stages[index]
        let start = run.offset(ofStage: index)
        var dice = LogDice(StableHash.mix(StableHash.of(run.job), UInt64(run.number * 64 + index)))
        if job.kind == .pipeline {
            pipeline(start, "stage")
            pipeline(start, "{ (\(stage.name))")
            pipeline(start + 0.1, "sh")
        }
        let phrases = RunPhrases.of(stage: stage.name)
        line(start + 0.2, "+ \(phrases.command)")
        let count = Int(stage.seconds * 1.5)
        for number in 0..<count {
            let offset = start + 0.3 + (stage.seconds - 0.8) * Double(number) / Double(max(count, 1))
            line(offset, phrases.line(number, of: count, run, &dice))
        }
        if stage.result == .failure {
            line(start + stage.seconds - 0.4, "\u{1B}[1;31mERROR\u{1B}[0m \(phrases.failure)")
            line(start + stage.seconds - 0.3, "script returned exit code 1")
        }
        guard job.kind == .pipeline else { return }
        pipeline(start + stage.seconds - 0.2, "}")
        pipeline(start + stage.seconds - 0.1, "// stage")
        if stage.result == .failure {
            for name in run.skipped {
                line(start + stage.seconds - 0.05, "Stage \"\(name)\" skipped due to earlier failure(s)")
            }
        }
    }

    private func tail(at moment: Date) -> [UInt8] {
        var text = ""
        if run.result(at: moment) == .aborted {
            text += "Aborted by \u{1B}[8mha:////4Jenkins/aborted==\u{1B}[0mAda Lantern\n"
        }
        if job.kind == .pipeline {
            text += Self.pipelineText("}") + Self.pipelineText("// node") + Self.pipelineText("End of Pipeline")
        }
        return Array((text + "Finished: \(run.result(at: moment)?.rawValue ?? "SUCCESS")\n").utf8)
    }

    private mutating func line(_ offset: Double, _ text: String, note: String? = nil, _ rest: String = "") {
        let mark = note.map { Self.note($0) } ?? ""
        entries.append((offset, Array("\(text)\(mark)\(rest)\n".utf8)))
    }

    private mutating func pipeline(_ offset: Double, _ text: String) {
        entries.append((offset, Array(Self.pipelineText(text).utf8)))
    }

    private static func pipelineText(_ text: String) -> String { "\(note("pipeline"))[Pipeline] \(text)\n" }

    /// A console note: Base64 of something that only Jenkins reads.
    private static func note(_ kind: String) -> String {
        var generator = SeededGenerator(seed: 5, kind)
        let bytes = Data((0..<90).map { _ in UInt8(truncatingIfNeeded: generator.next()) })
        return "\u{1B}[8mha:////4\(bytes.base64EncodedString())\u{1B}[0m"
    }
}
