/// How a run, a stage or a job stands; one set of words for every CI server.
public enum RunState: String, Sendable, Equatable {
    case queued, running, paused, succeeded, unstable, failed, aborted, skipped, unknown
}

/// A pipeline, a branch of one, or a folder.
public struct PipelineJob: Sendable, Equatable, Identifiable {
    /// Full path from the root, by "/": "payments/ledger/main".
    public var id: String
    public var name: String
    public var isFolder: Bool
    public var isDisabled: Bool
    public var lastRun: PipelineRun?
    public var url: String
    public init(
        id: String, name: String, isFolder: Bool = false, isDisabled: Bool = false, lastRun: PipelineRun? = nil,
        url: String = ""
    ) {
        self.id = id
        self.name = name
        self.isFolder = isFolder
        self.isDisabled = isDisabled
        self.lastRun = lastRun
        self.url = url
    }
}

/// One run of a pipeline.
public struct PipelineRun: Sendable, Equatable, Identifiable {
    public var id: RunReference
    public var state: RunState
    public var started: Timestamp
    /// Seconds so far, or in all.
    public var duration: Double
    /// Seconds the server expects; 0 when it does not say.
    public var expected: Double
    public var stages: [Stage]
    /// "Started by Ada Lantern", "Push to main".
    public var cause: String
    public var commit: String
    public var url: String

    public struct Stage: Sendable, Equatable {
        public var name: String
        public var state: RunState
        public var duration: Double
        public init(name: String, state: RunState, duration: Double) {
            self.name = name
            self.state = state
            self.duration = duration
        }
    }

    public init(
        id: RunReference, state: RunState, started: Timestamp = .zero, duration: Double = 0, expected: Double = 0,
        stages: [Stage] = [], cause: String = "", commit: String = "", url: String = ""
    ) {
        self.id = id
        self.state = state
        self.started = started
        self.duration = duration
        self.expected = expected
        self.stages = stages
        self.cause = cause
        self.commit = commit
        self.url = url
    }
}
