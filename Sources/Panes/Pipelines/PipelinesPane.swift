import Canvas
import LogBuffer
import Model
import PaneKit

/// Jobs, their runs with stages, and the log of a run.
struct PipelinesPane: Pane, Sendable {
    enum Page: Sendable, Equatable {
        /// The jobs below a folder; "" is the root.
        case jobs(folder: String)
        case runs(EnvironmentID, job: String)
        case log(EnvironmentID, RunReference)
    }
    struct JobID: Hashable, Sendable {
        var environment: EnvironmentID
        var job: String
    }

    var pages: [Page] = [.jobs(folder: "")]
    var jobs = ListView<JobID>([
        .init("JOB", flexible: true), .init("STATE"), .init("RUN", right: true), .init("STARTED", right: true),
        .init("TOOK", right: true), .init("USUALLY", right: true),
    ])
    var runs = ListView<Int>([
        .init("RUN", right: true), .init("STATE"), .init("STARTED", right: true), .init("TOOK", right: true),
        .init("STAGES"), .init("CAUSE", flexible: true),
    ])
    var reader = LogReader()
    var filterText = ""

    var page: Page { pages[pages.count - 1] }

    func title(in context: PaneContext) -> String {
        switch page {
        case .jobs: "Pipelines"
        case .runs(_, let job): job
        case .log(_, let run): "\(run.job) #\(run.number)"
        }
    }

    func feeds(in context: PaneContext) -> [FeedID] {
        switch page {
        case .jobs: context.scope.environments.map { .jobs($0) }
        case .runs(let environment, let job): [.runs(environment, job: job)]
        case .log(let environment, let run): [.runLog(environment, run: run)]
        }
    }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        sync(context)
        defer { sync(context) }
        switch event {
        case .command(let id): return perform(id, context)
        case .prompt("filter", .changed(let words)), .prompt("filter", .accepted(let words)): filterText = words
        case .prompt("filter", .cancelled): filterText = ""
        case .prompt(let id, let outcome): return LogCommands.answer(id, outcome, &reader)
        case .go(.runs(let environment, let job)):
            pages = [.jobs(folder: "")] + (job.map { [.runs(environment, job: $0)] } ?? [])
        case .mouse(let mouse): return click(mouse, context)
        default: break
        }
        return []
    }

    private mutating func sync(_ context: PaneContext) {
        let height = context.size.height - 1
        switch page {
        case .jobs(let folder):
            jobs.setFilter(filterText)
            jobs.setRows(JobRows(folder, context).rows)
            jobs.resize(height: height)
        case .runs:
            runs.setFilter(filterText)
            runs.setRows(RunRows(currentRuns(context), context).rows)
            runs.resize(height: height)
        case .log:
            reader.resize(Size(width: context.size.width, height: height))
            reader.update(context.world.runLogs[feeds(in: context)[0]] as? LogBuffer)
        }
    }

    func currentRuns(_ context: PaneContext) -> [PipelineRun] {
        guard case .runs = page else { return [] }
        return context.world.runs[feeds(in: context)[0]] ?? []
    }

    private mutating func click(_ mouse: MouseEvent, _ context: PaneContext) -> [Effect] {
        let line = mouse.place.y - 2
        switch (mouse.action, page) {
        case (_, .log): return LogCommands.turnWheel(mouse, &reader, feed: feeds(in: context)[0])
        case (.wheelUp, _): return perform("move.up", context)
        case (.wheelDown, _): return perform("move.down", context)
        case (.press, _) where mouse.place.y == 1:
            return [.notice(Notice("this list keeps its order: as the server has it, the newest run first"))]
        case (_, .jobs): if jobs.select(line: line), mouse.action == .doublePress { return perform("open", context) }
        case (_, .runs): if runs.select(line: line), mouse.action == .doublePress { return perform("open", context) }
        default: break
        }
        return []
    }

    func draw(into region: Region, in context: PaneContext) {
        var title = PaneTitle(region.sub(Rect(x: 0, y: 0, width: region.width, height: 1)), in: context)
        let body = region.sub(Rect(x: 0, y: 1, width: region.width, height: region.height - 1))
        let feeds = feeds(in: context)
        switch page {
        case .jobs(let folder):
            title.heading(folder.isEmpty ? "Pipelines" : folder)
            list(&title, jobs.rows.count, jobs.filter, feeds)
            jobs.rows.isEmpty ? empty("No jobs here", feeds, body, context) : jobs.draw(into: body, in: context)
        case .runs(let environment, let job):
            title.heading(job)
            title.place(environment)
            list(&title, runs.rows.count, runs.filter, feeds)
            runs.rows.isEmpty
                ? empty("This job has never run", feeds, body, context) : runs.draw(into: body, in: context)
        case .log(let environment, let run):
            title.heading("\(run.job) #\(run.number)")
            title.place(environment)
            LogCommands.remarks(reader, &title)
            title.status(feeds)
            reader.count == 0 ? empty("No lines", feeds, body, context) : reader.draw(into: body, in: context)
        }
    }

    private func list(_ title: inout PaneTitle, _ count: Int, _ filter: ListFilter, _ feeds: [FeedID]) {
        if feeds.contains(where: { title.isShowing($0) }) { title.quiet(Figure.count(count)) }
        if !filterText.isEmpty { title.remark("/", filterText) }
        if let problem = filter.problem { title.remark("filter:", problem) }
        title.status(feeds)
    }

    private func empty(_ words: String, _ feeds: [FeedID], _ body: Region, _ context: PaneContext) {
        let statuses = feeds.map { context.world.status(of: $0) }
        guard let worst = statuses.max(by: { $0.gravity < $1.gravity }) else { return }
        FeedFace.draw(worst, empty: filterText.isEmpty ? words : "Nothing matches the filter", into: body, in: context)
    }
}
