import Canvas
import Model
import PaneKit

extension PipelinesPane {
    func commands(in context: PaneContext) -> [Command] {
        let changes = Changing.rows(["restart"], for: ChangeSubject(nothing: Self.noWorkload), in: context)
        if case .log = page { return LogCommands.rows(reader) + [MoveCommands.back] + changes }
        let isEmpty = selection == nil
        return MoveCommands.vertical + [
            Command(
                "open", "open", help: "into the folder, the runs of the job, the log of the run", keys: ["enter"],
                group: "Pipeline", weight: 90
            )
            .disabled(isEmpty ? "nothing is selected" : nil),
            Command(
                "run.log", "last log", help: "the log of the newest run, or of this one", keys: ["l"],
                group: "Pipeline", weight: 80
            )
            .disabled(logTarget(context) == nil ? "there is no run here" : nil),
            Command("filter", "filter", help: "text, /regex/, !not", keys: ["/"], group: "Table", weight: 60),
            Command("copy", "copy", help: "copy the address in the CI server", keys: ["c"], group: "Pipeline")
                .disabled(url(context) == nil ? "the server gave no address" : nil),
            MoveCommands.back,
        ] + changes
    }

    private static let noWorkload = "a run does not say which workload it ships; :deploy lists them"

    private var selection: Page? {
        switch page {
        case .jobs: jobs.selected.map { .runs($0.environment, job: $0.job) }
        case .runs(let environment, let job):
            runs.selected.map { .log(environment, RunReference(job: job, number: $0)) }
        case .log: nil
        }
    }

    private func job(_ context: PaneContext) -> PipelineJob? {
        guard case .jobs = page, let id = jobs.selected else { return nil }
        return context.world.jobs[id.environment]?.first { $0.id == id.job }
    }

    private func logTarget(_ context: PaneContext) -> Page? {
        if case .runs = page { return selection }
        guard let id = jobs.selected, let run = job(context)?.lastRun else { return nil }
        return .log(id.environment, run.id)
    }

    private func url(_ context: PaneContext) -> String? {
        let url = job(context)?.url ?? currentRuns(context).first { $0.id.number == runs.selected }?.url
        return url?.isEmpty == false ? url : nil
    }

    mutating func perform(_ id: Command.ID, _ context: PaneContext) -> [Effect] {
        if case .log(_, let run) = page, id.name != "back" {
            let name = "\(run.job.replacing("/", with: "-"))-\(run.number)"
            guard let effects = LogCommands.perform(id, &reader, feed: feeds(in: context)[0], name: name) else {
                preconditionFailure("no such command: \(id)")
            }
            return effects
        }
        if let move = MoveCommands.move(id) {
            if case .jobs = page { jobs.move(move) } else { runs.move(move) }
            return []
        }
        switch id.name {
        case "open": open(context)
        case "run.log": if let target = logTarget(context) { push(target) }
        case "filter": return [.ask(Prompt("filter", label: "/", text: filterText, history: "pipelines", isLive: true))]
        case "copy": return url(context).map { [.copy($0, what: "the address")] } ?? []
        case "back": return back()
        default: preconditionFailure("no such command: \(id)")
        }
        return []
    }

    private mutating func open(_ context: PaneContext) {
        if let job = job(context), job.isFolder {
            push(.jobs(folder: job.id))
        } else if let selection {
            push(selection)
        }
    }

    private mutating func push(_ page: Page) {
        pages.append(page)
        filterText = ""
        if case .log = page {
            reader.clear()
            reader.showsTime = false
        }
    }

    private mutating func back() -> [Effect] {
        if case .log = page, LogCommands.clear(&reader) { return [] }
        if !filterText.isEmpty {
            filterText = ""
            return []
        }
        guard pages.count > 1 else { return [.leave] }
        pages.removeLast()
        return []
    }

    static let descriptor = PaneDescriptor(
        id: "pipelines", title: "Pipelines", help: "jobs, runs with their stages, and logs of runs",
        make: { PipelinesPane() },
        accepts: { if case .runs = $0 { true } else { false } },
        interpret: { line, context in
            guard ["pipelines", "pipeline", "ci", "runs"].contains(line.word) else { return nil }
            return [.go(.runs(context.scope.environment, job: line.arguments.first))]
        },
        complete: { line, context in
            guard !line.arguments.isEmpty || line.endsInSpace else {
                return !line.word.isEmpty && "pipelines".hasPrefix(line.word)
                    ? [Completion("pipelines", detail: "pipelines [JOB]")] : []
            }
            guard ["pipelines", "ci", "runs"].contains(line.word) else { return [] }
            let begun = line.arguments.last ?? ""
            return (context.world.jobs[context.scope.environment] ?? []).map(\.id).filter { $0.hasPrefix(begun) }
                .map { Completion($0, detail: "job") }
        },
        commandSets: {
            let context = PaneContext(
                world: World(), scope: Scope(environments: ["none"]), size: Size(width: 80, height: 24))
            var log = PipelinesPane()
            log.pages.append(.log("none", RunReference(job: "none", number: 1)))
            return [PipelinesPane(), log].map { $0.commands(in: context) }
        })
}
