import Backends
import Model

/// Which feed answers which question about this environment.
extension Environment {
    func feed(for feed: FeedID) -> any Feed {
        switch feed {
        case .server: serverFeed()
        case .kinds: KindsFeed(environment: self)
        case .table(let query): TableFeed(environment: self, query: query)
        case .metrics(let query): MetricsFeed(environment: self, query: query)
        case .jobs: jobsFeed()
        case .runs(_, let job): runsFeed(of: job)
        case .log(let query): LogFeed(environment: self, query: query)
        case .runLog(_, let run): RunLogFeed(environment: self, run: run)
        case .alerts: alertsFeed()
        case .object(let reference): ObjectFeed(environment: self, reference: reference)
        case .action, .guarded, .sessions, .session, .forwards: PostedFeed()
        case .rights(_, let namespace): rightsFeed(namespace: namespace)
        case .related(let object, let question): relatedFeed(object, question)
        case .releases: releasesFeed()
        case .release(let reference): releaseFeed(reference)
        }
    }

    private func serverFeed() -> any Feed {
        let figure = SteadyFigure()
        return PollingFeed<ServerState>(pacer: pacer, change: FeedChange.server) { [self] in
            let (version, roundTrip) = try await kubernetes().version()
            return .init(value: ServerState(version: version, roundTrip: figure.steady(roundTrip)), next: 10)
        }
    }

    private func alertsFeed() -> any Feed {
        PollingFeed<[Alert]>(pacer: pacer, change: FeedChange.alerts) { [self] in
            .init(value: try await alertmanager().alerts(), next: 7)
        }
    }

    /// The whole tree is asked for, so not as often as one job's runs.
    private func jobsFeed() -> any Feed {
        PollingFeed<[PipelineJob]>(pacer: pacer, change: FeedChange.jobs) { [self] in
            let jobs = try await jenkins().jobs()
            return .init(value: jobs, next: jobs.contains { $0.lastRun?.state.isMoving == true } ? 5 : 15)
        }
    }

    private func runsFeed(of job: String) -> any Feed {
        let stages = StageKnowledge()
        return PollingFeed<[PipelineRun]>(pacer: pacer, change: FeedChange.runs) { [self] in
            let answer = try await jenkins().runs(ofJob: job, asksStages: stages.areWorthAsking)
            stages.note(answer.hasStages)
            let isMoving = answer.runs.contains { $0.state.isMoving }
            return .init(value: answer.runs, next: isMoving ? 2 : 15)
        }
    }
}

extension RunState {
    /// Whether it may change by itself soon.
    var isMoving: Bool { self == .running || self == .queued || self == .paused }
}
