import JSON
import Model

/// Jobs and cron jobs.
enum BatchDescription {
    @Sendable static func job(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let status = jobStatus(object)
        result.say("Status", status, tone: StatusTone.of(status))
        let counts = [("active", "active"), ("succeeded", "succeeded"), ("failed", "failed")].compactMap { word, key in
            object.number("status", key).map { "\($0) \(word)" }
        }
        result.say(
            "Pods", counts.joined(separator: ", "), tone: object.number("status", "failed") ?? 0 > 0 ? .warning : .plain
        )
        result.facts += ObjectFacts.rows(rows, of: object)
        result.say("Duration", duration(object))
        result.say("Selector", ObjectFacts.selector(object.at(["spec", "selector"])))
        result.say("Images", PodTemplateDescription.images(object, ["spec", "template"]))
        PodTemplateDescription.sections(object, ["spec", "template"], &result)
        return result
    }

    private static let rows = [
        FactRow("Completions", "spec", "completions"), FactRow("Parallelism", "spec", "parallelism"),
        FactRow("Completion mode", "spec", "completionMode"), FactRow("Tries at most", "spec", "backoffLimit"),
        FactRow("Deadline", "spec", "activeDeadlineSeconds"), FactRow("Started", "status", "startTime"),
        FactRow("Completed", "status", "completionTime"),
    ]

    private static func jobStatus(_ job: JSONValue) -> String {
        let met = job.list("status", "conditions").filter { $0.text("status") == "True" }.map { $0.text("type") }
        for type in ["Complete", "Failed", "Suspended"] where met.contains(type) { return type }
        return job.at(["metadata", "deletionTimestamp"])?.string != nil ? "Terminating" : "Running"
    }

    private static func duration(_ job: JSONValue) -> String {
        guard let start = Timestamp(rfc3339: job.text("status", "startTime")),
            let end = Timestamp(rfc3339: job.text("status", "completionTime"))
        else { return "" }
        return Age.text(end.since(start))
    }

    @Sendable static func cronJob(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let isSuspended = object.flag("spec", "suspend")
        result.say("Schedule", object.text("spec", "schedule"))
        result.say("Suspended", isSuspended ? "yes" : "no", tone: isSuspended ? .warning : .plain)
        result.facts += ObjectFacts.rows(cronRows, of: object)
        let template = ["spec", "jobTemplate", "spec", "template"]
        result.say("Images", PodTemplateDescription.images(object, template))
        for job in object.list("status", "active") {
            result.link("running job", "Job", job.text("namespace"), job.text("name"))
        }
        result.say("Active", object.list("status", "active").map { $0.text("name") }.joined(separator: ", "))
        PodTemplateDescription.sections(object, template, &result)
        return result
    }

    private static let cronRows = [
        FactRow("Time zone", "spec", "timeZone"), FactRow("Concurrency", "spec", "concurrencyPolicy"),
        FactRow("Starting deadline", "spec", "startingDeadlineSeconds"),
        FactRow("Last scheduled", "status", "lastScheduleTime"),
        FactRow("Last success", "status", "lastSuccessfulTime"),
        FactRow("Successes kept", "spec", "successfulJobsHistoryLimit"),
        FactRow("Failures kept", "spec", "failedJobsHistoryLimit"),
    ]
}
