import Model

/// A run as `-o json` prints it.
struct RunReport: Encodable {
    struct Stage: Encodable {
        let name: String
        let state: String
        let seconds: Double
    }
    let job: String
    let number: Int
    let state: String
    let started: String
    let seconds: Double
    let stages: [Stage]
    let cause: String
    let commit: String
    let url: String

    init(_ run: PipelineRun) {
        job = run.id.job
        number = run.id.number
        state = run.state.rawValue
        started = run.started.rfc3339
        seconds = run.duration
        stages = run.stages.map { Stage(name: $0.name, state: $0.state.rawValue, seconds: $0.duration) }
        cause = run.cause
        commit = run.commit
        url = run.url
    }
}
