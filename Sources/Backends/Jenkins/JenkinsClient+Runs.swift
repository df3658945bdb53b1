import HTTP
import JSON
import Model

/// The runs of one job, newest first. `hasStages` is false where the server cannot tell stages of it: a freestyle job,
/// or no pipeline-rest-api plugin.
public struct JenkinsRuns: Sendable, Equatable {
    public var runs: [PipelineRun]
    public var hasStages: Bool
}

extension JenkinsClient {
    /// `asksStages: false` saves a request once it is known that there are none.
    public func runs(ofJob job: String, limit: Int = 30, asksStages: Bool = true) async throws -> JenkinsRuns {
        let tree =
            "builds[number,url,result,building,timestamp,duration,estimatedDuration,"
            + "actions[causes[shortDescription],lastBuiltRevision[SHA1]]]{0,\(limit)}"
        let address = self.address(ofJob: job).path("/api/json").asking("tree", tree)
        let operation = "list runs of \(job)"
        let answer = try await caller.json(operation, request(address))
        var runs = answer["builds"]?.elements.compactMap { PipelineRun(jenkins: $0, job: job) } ?? []
        guard asksStages, let stages = try await stages(ofJob: job) else {
            return JenkinsRuns(runs: runs, hasStages: false)
        }
        for index in runs.indices {
            guard let described = stages[runs[index].id.number] else { continue }
            runs[index].stages = described.stages
            if described.isPaused, runs[index].state == .running { runs[index].state = .paused }
        }
        return JenkinsRuns(runs: runs, hasStages: true)
    }

    /// Stages of the newest runs by number; nil where the server has none to tell.
    private func stages(ofJob job: String) async throws -> [Int: (stages: [PipelineRun.Stage], isPaused: Bool)]? {
        let address = self.address(ofJob: job).path("/wfapi/runs").asking("fullStages", "true")
        let answer: JSONValue
        do {
            answer = try await caller.json("list stages of \(job)", request(address))
        } catch let error as ServiceError {
            // Without stages there is still the list of runs; what is wrong with the server itself, that list has told.
            switch error.cause {
            case .status, .webPage, .garbage: return nil
            default: throw error
            }
        }
        var stages: [Int: (stages: [PipelineRun.Stage], isPaused: Bool)] = [:]
        for run in answer.elements {
            guard let number = run["id"]?.string.flatMap({ Int($0) }) else { continue }
            let list = run["stages"]?.elements.map(PipelineRun.Stage.init(jenkins:)) ?? []
            stages[number] = (list, run["status"]?.string == "PAUSED_PENDING_INPUT")
        }
        return stages
    }
}

extension PipelineRun {
    /// One build of the remote API. Times are milliseconds there.
    init?(jenkins value: JSONValue, job: String) {
        guard let number = value["number"]?.int else { return nil }
        let isBuilding = value["building"]?.bool == true
        let actions = value["actions"].map { Array($0.elements) } ?? []
        self.init(
            id: RunReference(job: job, number: number),
            state: isBuilding ? .running : RunState(jenkinsResult: value["result"]?.string),
            started: Timestamp(milliseconds: value["timestamp"]?.int ?? 0),
            duration: Double(value["duration"]?.int ?? 0) / 1000,
            expected: max(0, Double(value["estimatedDuration"]?.int ?? 0) / 1000),
            cause: actions.lazy.compactMap { $0["causes"]?[0]?["shortDescription"]?.string }.first ?? "",
            commit: actions.lazy.compactMap { $0["lastBuiltRevision"]?["SHA1"]?.string }.first ?? "",
            url: value["url"]?.string ?? "")
    }
}

extension PipelineRun.Stage {
    fileprivate init(jenkins value: JSONValue) {
        self.init(
            name: value["name"]?.string ?? "", state: RunState(jenkinsStage: value["status"]?.string),
            duration: Double(value["durationMillis"]?.int ?? 0) / 1000)
    }
}

extension RunState {
    /// hudson.model.Result's words; nil while there is none.
    init(jenkinsResult word: String?) {
        self =
            switch word {
            case "SUCCESS": .succeeded
            case "UNSTABLE": .unstable
            case "FAILURE": .failed
            case "ABORTED": .aborted
            case "NOT_BUILT": .skipped
            default: .unknown
            }
    }

    /// com.cloudbees.workflow.rest.external.StatusExt's words.
    init(jenkinsStage word: String?) {
        self =
            switch word {
            case "SUCCESS": .succeeded
            case "UNSTABLE": .unstable
            case "FAILED": .failed
            case "ABORTED": .aborted
            case "NOT_EXECUTED": .skipped
            case "IN_PROGRESS": .running
            case "PAUSED_PENDING_INPUT": .paused
            case "QUEUED": .queued
            default: .unknown
            }
    }
}
