import Foundation

/// The pipeline REST plugin: stages of runs.
extension JenkinsService {
    /// `/job/X/wfapi/…`
    func workflow(_ job: JenkinsJob, _ rest: [String], _ call: JenkinsCall) -> SimResponse {
        guard job.kind == .pipeline else { return call.notFound }
        let runs = book.runs(of: job, at: call.now)
        switch rest.first {
        case "runs":
            let since = call.request.parameter("since").flatMap { Int($0.drop { $0 == "#" }) }
            let chosen = runs.filter { $0.number > since ?? .min || since == nil }.prefix(10)
            return call.json(.array(chosen.map { describe($0, job, call.now) }))
        case "describe", nil:
            return call.json([
                "_links": [
                    "self": ["href": .string("/\(job.urlPath)wfapi/describe")],
                    "runs": ["href": .string("/\(job.urlPath)wfapi/runs")],
                ],
                "name": .string(job.displayName), "runCount": .int(runs.count),
            ])
        default: return call.notFound
        }
    }

    /// `/job/X/N/wfapi/…` and `/job/X/N/execution/node/ID/wfapi/…`
    func workflow(_ run: SimRun, _ job: JenkinsJob, _ rest: [String], _ call: JenkinsCall) -> SimResponse {
        guard job.kind == .pipeline else { return call.notFound }
        if rest.first == "wfapi" {
            switch rest.dropFirst().first {
            case "describe", nil: return call.json(describe(run, job, call.now))
            case "changesets", "artifacts", "pendingInputActions": return call.json([])
            default: return call.notFound
            }
        }
        guard rest.count >= 4, rest[0] == "execution", rest[1] == "node", rest[3] == "wfapi", let id = Int(rest[2])
        else { return call.notFound }
        let index = (id - Self.firstNode) / Self.nodesPerStage
        guard run.stages.indices.contains(index) else { return call.notFound }
        if rest.count > 4, rest[4] == "log" { return call.json(stageLog(index, id, run, job, call)) }
        var json = stage(index, run, job, call.now)
        json["stageFlowNodes"] = [step(index, run, job, call.now)]
        return call.json(json)
    }

    private static let firstNode = 6
    private static let nodesPerStage = 8

    private func describe(_ run: SimRun, _ job: JenkinsJob, _ now: Date) -> SimJSON {
        let path = "/\(job.urlPath)\(run.number)"
        let begun = run.stages.indices.filter { run.offset(ofStage: $0) <= run.elapsed(at: now) }
        let status = run.result(at: now).map(\.wireStatus) ?? "IN_PROGRESS"
        var stages = begun.map { stage($0, run, job, now) }
        if !run.isBuilding(at: now) { stages += run.skipped.indices.map { skippedStage($0, run, job) } }
        return [
            "_links": ["self": ["href": .string("\(path)/wfapi/describe")]], "id": .string("\(run.number)"),
            "name": .string("#\(run.number)"),
            "status": .string(status), "startTimeMillis": .int(milliseconds(run.startedAt)),
            "endTimeMillis": .int(milliseconds(min(run.endsAt, now))),
            "durationMillis": .int(Self.milliseconds(run.elapsed(at: now))),
            "queueDurationMillis": 5012, "pauseDurationMillis": 0, "stages": .array(stages),
        ]
    }

    private func stage(_ index: Int, _ run: SimRun, _ job: JenkinsJob, _ now: Date) -> SimJSON {
        let id = Self.firstNode + index * Self.nodesPerStage
        let start = run.offset(ofStage: index)
        let spent = min(run.stages[index].seconds, run.elapsed(at: now) - start)
        let isOver = spent >= run.stages[index].seconds
        let isStopped = !isOver && !run.isBuilding(at: now)
        let status = isOver ? run.stages[index].result.wireStatus : isStopped ? "ABORTED" : "IN_PROGRESS"
        var json: SimJSON = [
            "_links": ["self": ["href": .string("/\(job.urlPath)\(run.number)/execution/node/\(id)/wfapi/describe")]],
            "id": .string("\(id)"), "name": .string(run.stages[index].name), "execNode": "", "status": .string(status),
        ]
        if status == "FAILED" {
            json["error"] = ["message": "script returned exit code 1", "type": "hudson.AbortException"]
        }
        json["startTimeMillis"] = .int(milliseconds(run.startedAt.addingTimeInterval(start)))
        json["durationMillis"] = .int(Self.milliseconds(spent))
        json["pauseDurationMillis"] = 0
        return json
    }

    private func skippedStage(_ index: Int, _ run: SimRun, _ job: JenkinsJob) -> SimJSON {
        let id = Self.firstNode + (run.stages.count + index) * Self.nodesPerStage
        return [
            "_links": ["self": ["href": .string("/\(job.urlPath)\(run.number)/execution/node/\(id)/wfapi/describe")]],
            "id": .string("\(id)"),
            "name": .string(run.skipped[index]), "execNode": "", "status": "NOT_EXECUTED",
            "startTimeMillis": .int(milliseconds(run.endsAt)),
            "durationMillis": 0, "pauseDurationMillis": 0,
        ]
    }

    private func step(_ index: Int, _ run: SimRun, _ job: JenkinsJob, _ now: Date) -> SimJSON {
        let id = Self.firstNode + index * Self.nodesPerStage
        var json = stage(index, run, job, now)
        json["_links"] = [
            "self": ["href": .string("/\(job.urlPath)\(run.number)/execution/node/\(id + 1)/wfapi/describe")]
        ]
        json["id"] = .string("\(id + 1)")
        json["name"] = "Shell Script"
        json["parameterDescription"] = .string(RunPhrases.of(stage: run.stages[index].name).command)
        json["parentNodes"] = [.string("\(id)")]
        return json
    }

    /// The last 10 KiB of a stage, as HTML text.
    private func stageLog(_ index: Int, _ id: Int, _ run: SimRun, _ job: JenkinsJob, _ call: JenkinsCall) -> SimJSON {
        let start = run.startedAt.addingTimeInterval(run.offset(ofStage: index) - 0.01)
        let end = min(call.now, start.addingTimeInterval(run.stages[index].seconds))
        let log = RunLog(run, of: job)
        let before = RunLog.plain(log.bytes(at: min(start, call.now))).count
        let bytes = RunLog.plain(log.bytes(at: end)).dropFirst(before)
        let text = String(decoding: bytes.suffix(10_240), as: UTF8.self)
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        return [
            "nodeId": .string("\(id)"), "nodeStatus": stage(index, run, job, call.now)["status"],
            "length": .int(bytes.count),
            "hasMore": .bool(bytes.count > 10_240), "text": .string(text),
            "consoleUrl": .string("/\(job.urlPath)\(run.number)/execution/node/\(id)/log"),
        ]
    }

    private func milliseconds(_ moment: Date) -> Int { Int(moment.nanoseconds / 1_000_000) }
}

extension SimRun.Result {
    /// The word of the pipeline REST plugin.
    fileprivate var wireStatus: String {
        self == .failure ? "FAILED" : rawValue
    }
}
