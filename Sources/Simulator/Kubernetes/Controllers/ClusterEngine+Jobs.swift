import Foundation

extension ClusterEngine {
    /// Runs the pods of a job until enough have succeeded or too many have failed.
    func reconcileJob(_ key: ObjectKey) {
        guard let job = store.get("jobs.batch", key), !job.isTerminating else { return }
        let isDone = ["Complete", "Failed"].contains { job.json.condition($0)["status"].stringValue == "True" }
        guard !isDone else { return }
        let pods = livingPods(of: job)
        func count(_ phase: String) -> Int { pods.filter { $0.json["status"]["phase"].stringValue == phase }.count }
        let (succeeded, failed) = (count("Succeeded"), count("Failed"))
        let active = pods.count - succeeded - failed
        let spec = job.json["spec"]
        let wanted = spec["completions"].intValue ?? 1
        let parallel = min(spec["parallelism"].intValue ?? 1, wanted - succeeded)
        let hasFailed = failed > (spec["backoffLimit"].intValue ?? 6)
        let subject = EventSubject.of(job, "Job", "batch/v1")
        if succeeded < wanted, !hasFailed, active < parallel {
            for _ in active..<parallel {
                let name = "\(key.name)-\(generator.nameSuffix())"
                createPod(named: name, for: job, kind: "Job", generateName: "\(key.name)-")
                record(subject, "SuccessfulCreate", "Created pod: \(name)", source: "job-controller")
            }
        }
        let isComplete = succeeded >= wanted
        if isComplete { record(subject, "Completed", "Job completed", source: "job-controller") }
        if hasFailed {
            record(
                subject, "BackoffLimitExceeded", "Job has reached the specified backoff limit",
                source: "job-controller",
                isWarning: true)
        }
        writeJobStatus(
            job, active: max(active, 0), succeeded: succeeded, failed: failed, isComplete: isComplete,
            hasFailed: hasFailed)
    }

    private func writeJobStatus(
        _ job: StoredObject, active: Int, succeeded: Int, failed: Int, isComplete: Bool, hasFailed: Bool
    ) {
        let time = SimJSON.string(KubeTime.text(now))
        setStatus("jobs.batch", job) { json in
            let start = json["status"]["startTime"].isNull ? time : json["status"]["startTime"]
            var conditions = SimJSON.null
            if isComplete || hasFailed {
                var condition: SimJSON = [
                    "type": .string(isComplete ? "Complete" : "Failed"), "status": "True", "lastProbeTime": time,
                    "lastTransitionTime": time,
                ]
                condition["reason"] = .string(isComplete ? "CompletionsReached" : "BackoffLimitExceeded")
                condition["message"] = .string(
                    isComplete
                        ? "Reached expected number of succeeded pods" : "Job has reached the specified backoff limit")
                conditions = [condition]
            }
            return [
                ("conditions", conditions), ("startTime", start), ("completionTime", isComplete ? time : .null),
                ("active", Self.count(active)), ("succeeded", Self.count(succeeded)), ("failed", Self.count(failed)),
                ("uncountedTerminatedPods", .emptyObject), ("ready", 0),
            ]
        }
        noteCronJob(of: job)
    }

    var nextMinute: Date {
        Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 60).rounded(.down) * 60 + 60)
    }

    /// Starts the jobs whose minute has come.
    func runCronJobs() {
        timers.add(nextMinute, .cron)
        for cron in store.all("cronjobs.batch") where !cron.isTerminating {
            let spec = cron.json["spec"]
            guard spec["suspend"].boolValue != true, let schedule = CronSchedule(spec["schedule"].stringValue ?? ""),
                schedule.fits(now)
            else { continue }
            startJob(of: cron, at: now)
        }
    }

    private func startJob(of cron: StoredObject, at moment: Date) {
        let name = "\(cron.key.name)-\(Int(moment.timeIntervalSince1970 / 60))"
        let job = Manifest.job(of: cron, named: name, at: moment)
        guard (try? store.create("jobs.batch", job)) != nil else { return }  // Started already in this minute.
        record(
            .of(cron, "CronJob", "batch/v1"), "SuccessfulCreate", "Created job \(name)", source: "cronjob-controller")
        _ = try? store.update("cronjobs.batch", cron.key) { json in  // Gone: no status.
            var json = json
            json["status"]["lastScheduleTime"] = .string(KubeTime.text(moment))
            return json
        }
    }

    /// A cron job lists its active jobs and keeps three that succeeded and one that failed.
    private func noteCronJob(of job: StoredObject) {
        guard let owner = job.json["metadata"]["ownerReferences"].items.first,
            owner["kind"].stringValue == "CronJob", let name = owner["name"].stringValue,
            let cron = store.get("cronjobs.batch", job.key.namespace, name)
        else { return }
        let jobs = index.children(of: cron.uid, "jobs.batch").compactMap { store.get("jobs.batch", $0) }
        func finished(_ type: String) -> [StoredObject] {
            jobs.filter { $0.json.condition(type)["status"].stringValue == "True" }.sorted { $0.key < $1.key }
        }
        let (good, bad) = (finished("Complete"), finished("Failed"))
        for old in good.dropLast(3) + bad.dropLast(1) {
            _ = try? store.remove("jobs.batch", old.key)  // as good if it is gone already
        }
        let done = Set((good + bad).map(\.key))
        let active = jobs.filter { !done.contains($0.key) }.map { job -> SimJSON in
            [
                "kind": "Job", "namespace": .string(job.key.namespace), "name": .string(job.key.name),
                "uid": .string(job.uid), "apiVersion": "batch/v1",
            ]
        }
        _ = try? store.update("cronjobs.batch", cron.key) { json in  // Gone: no status.
            var json = json
            json["status"]["active"] = active.isEmpty ? .null : .array(active)
            if let last = good.last { json["status"]["lastSuccessfulTime"] = last.json["status"]["completionTime"] }
            return json
        }
    }
}

/// The five fields of a cron line, in UTC: numbers, `*`, `*/n`, `a-b` and lists.
struct CronSchedule: Sendable {
    private let fields: [Set<Int>]

    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 5 else { return nil }
        let ranges = [0...59, 0...23, 1...31, 1...12, 0...6]
        var fields: [Set<Int>] = []
        for (part, range) in zip(parts, ranges) {
            guard let field = Self.field(part, range) else { return nil }
            fields.append(field)
        }
        self.fields = fields
    }

    func fits(_ date: Date) -> Bool {
        let seconds = Int(date.timeIntervalSince1970)
        let text = KubeTime.text(date)
        let month = Int(text.dropFirst(5).prefix(2)) ?? 1
        let day = Int(text.dropFirst(8).prefix(2)) ?? 1
        let values = [seconds / 60 % 60, seconds / 3600 % 24, day, month, (seconds / 86_400 + 4) % 7]
        return zip(fields, values).allSatisfy { $0.contains($1) }
    }

    private static func field(_ text: Substring, _ range: ClosedRange<Int>) -> Set<Int>? {
        var values: Set<Int> = []
        for item in text.split(separator: ",") {
            let parts = item.split(separator: "/")
            guard let first = parts.first, let step = parts.count > 1 ? Int(parts[1]) : 1, step > 0 else { return nil }
            var span = range
            if first != "*" {
                let ends = first.split(separator: "-").compactMap { Int($0) }
                guard let low = ends.first, let high = ends.last, low <= high else { return nil }
                span = low...high
            }
            values.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
        }
        return values
    }
}
