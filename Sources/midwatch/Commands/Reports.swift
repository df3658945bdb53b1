import Foundation
import Model

/// Jobs, runs and alerts as `-o json` prints them; these names are a promise to scripts.
struct JobReport: Encodable {
    let job: String
    let isFolder: Bool
    let isDisabled: Bool
    let lastRun: RunReport?
    let url: String

    init(_ job: PipelineJob) {
        self.job = job.id
        isFolder = job.isFolder
        isDisabled = job.isDisabled
        lastRun = job.lastRun.map(RunReport.init)
        url = job.url
    }
}

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

struct AlertReport: Encodable {
    let name: String
    let state: String
    let labels: [String: String]
    let annotations: [String: String]
    let started: String
    let silencedBy: [String]
    let inhibitedBy: [String]
    let receivers: [String]
    let fingerprint: String

    init(_ alert: Alert) {
        name = alert.name
        state = alert.state.rawValue
        labels = alert.labels
        annotations = alert.annotations
        started = alert.started.rfc3339
        silencedBy = alert.silencedBy
        inhibitedBy = alert.inhibitedBy
        receivers = alert.receivers
        fingerprint = alert.id
    }
}
