import Foundation

extension JenkinsService {
    typealias Field = JenkinsExport.Field

    func root(_ call: JenkinsCall) -> JenkinsExport {
        .object(
            className: "hudson.model.Hudson",
            fields: [
                Field(
                    "assignedLabels",
                    .list([
                        .object(
                            className: "hudson.model.labels.LabelAtom",
                            fields: [Field("name", visibility: 2, .string("built-in"))])
                    ])),
                Field("mode", .string("NORMAL")),
                Field("nodeDescription", .string("the Jenkins controller's built-in node")),
                Field("nodeName", .string("")),
                Field("numExecutors", .int(0)), Field("description", .string("Lanternpay builds here")),
                Field("jobs", .list(self.book.jobs.children(of: []).map { self.export($0, call) })),
                Field("quietDownReason", .null), Field("quietingDown", .bool(false)),
                Field("slaveAgentPort", .int(50000)),
                Field("url", .string(call.base)), Field("useCrumbs", .bool(true)), Field("useSecurity", .bool(true)),
                Field("views", .list([self.allView(call.base)])), Field("primaryView", self.allView(call.base)),
            ])
    }

    /// A job, folder or project with its fields as Jenkins names them.
    func export(_ job: JenkinsJob, _ call: JenkinsCall) -> JenkinsExport {
        let url = call.base + job.urlPath
        let common = [
            Field("actions", .list([])),
            Field("description", .string(job.workload.map { "Ships \($0.namespace)/\($0.name)" })),
            Field("displayName", .string(job.displayName)), Field("displayNameOrNull", .null),
            Field(
                "fullDisplayName", .string(job.path.map { $0.removingPercentEncoding ?? $0 }.joined(separator: " » "))),
            Field("fullName", .string(job.key)), Field("name", visibility: 2, .string(job.name)),
            Field("url", visibility: 2, .string(url)),
        ]
        guard job.isRunnable else {
            let folder = [
                Field("healthReport", .list([])),
                Field("jobs", .list(self.book.jobs.children(of: job.path).map { self.export($0, call) })),
                Field("primaryView", self.allView(url)), Field("views", .list([self.allView(url)])),
            ]
            return .object(className: job.className, fields: common + folder)
        }
        return .object(className: job.className, fields: common + runnableFields(job, call))
    }

    private func runnableFields(_ job: JenkinsJob, _ call: JenkinsCall) -> [Field] {
        let book = book
        let now = call.now
        let runs = { book.runs(of: job, at: now) }
        let queued = { book.queue(at: now).first { $0.job == job.key } }
        let links = Self.permalinks.map { link in
            Field(link.name, runs().first { link.fits($0, now) }.map { self.export($0, job, call) } ?? .null)
        }
        return [
            Field("buildable", .bool(!job.isDisabled)),
            Field("builds", .list(runs().prefix(100).map { self.export($0, job, call) })),
            Field("allBuilds", visibility: -2, .list(runs().map { self.export($0, job, call) })),
            Field("color", visibility: 2, .string(self.color(job, runs(), now))),
            Field("firstBuild", runs().last.map { self.export($0, job, call) } ?? .null),
            Field("healthReport", .list([self.health(runs(), now)])), Field("inQueue", .bool(queued() != nil)),
            Field("keepDependencies", .bool(false)),
        ] + links + [
            Field("nextBuildNumber", .int(book.nextNumber(of: job, at: now))),
            Field("property", .list(self.parameterProperty(job))),
            Field("queueItem", queued().map { self.export($0, call) } ?? .null),
            Field("concurrentBuild", .bool(false)), Field("disabled", .bool(job.isDisabled)),
        ]
    }

    /// One run with its fields as Jenkins names them.
    func export(_ run: SimRun, _ job: JenkinsJob, _ call: JenkinsCall) -> JenkinsExport {
        let now = call.now
        let isBuilding = run.isBuilding(at: now)
        let estimate = { Self.milliseconds(self.estimate(job, now)) }
        return .object(
            className: job.runClassName,
            fields: [
                Field("actions", .list(self.actions(run, job))), Field("artifacts", .list([])),
                Field("building", .bool(isBuilding)),
                Field("description", .null), Field("displayName", .string("#\(run.number)")),
                Field("duration", .int(isBuilding ? 0 : Self.milliseconds(run.elapsed(at: now)))),
                Field("estimatedDuration", .int(estimate())),
                Field("executor", isBuilding ? .object(className: "hudson.model.OneOffExecutor", fields: []) : .null),
                Field(
                    "fullDisplayName",
                    .string(
                        "\(job.path.map { $0.removingPercentEncoding ?? $0 }.joined(separator: " » ")) #\(run.number)")),
                Field("id", .string("\(run.number)")), Field("inProgress", .bool(isBuilding)),
                Field("keepLog", .bool(false)),
                Field("number", visibility: 2, .int(run.number)), Field("queueId", .int(run.queueID)),
                Field("result", .string(run.result(at: now)?.rawValue)),
                Field("timestamp", .int(Int(run.startedAt.nanoseconds / 1_000_000))),
                Field("url", visibility: 2, .string("\(call.base)\(job.urlPath)\(run.number)/")),
                Field("builtOn", .string(job.kind == .freestyle ? run.node : nil)),
                Field("changeSets", .list(job.workload == nil ? [] : [self.changes(run)])),
                Field("culprits", .list(self.culprits(run, call))),
                Field("nextBuild", self.neighbour(run, job, call, by: 1)),
                Field("previousBuild", self.neighbour(run, job, call, by: -1)),
            ])
    }

    private func neighbour(_ run: SimRun, _ job: JenkinsJob, _ call: JenkinsCall, by step: Int) -> JenkinsExport {
        guard let other = book.runs(of: job, at: call.now).first(where: { $0.number == run.number + step }) else {
            return .null
        }
        return .object(
            className: job.runClassName,
            fields: [
                Field("number", visibility: 2, .int(other.number)),
                Field("url", visibility: 2, .string("\(call.base)\(job.urlPath)\(other.number)/")),
            ])
    }

    private func actions(_ run: SimRun, _ job: JenkinsJob) -> [JenkinsExport] {
        var actions: [JenkinsExport] = [
            .object(
                className: "hudson.model.CauseAction",
                fields: [Field("causes", visibility: 2, .list([self.cause(run.cause)]))])
        ]
        if !run.parameters.isEmpty {
            let parameters = run.parameters.sorted { $0.key < $1.key }.map { name, value in
                JenkinsExport.object(
                    className: "hudson.model.StringParameterValue",
                    fields: [
                        Field("name", visibility: 3, .string(name)), Field("value", visibility: 3, .string(value)),
                    ])
            }
            actions.append(
                .object(
                    className: "hudson.model.ParametersAction",
                    fields: [Field("parameters", visibility: 2, .list(parameters))]))
        }
        if let workload = job.workload {
            let revision = JenkinsExport.object(
                className: "hudson.plugins.git.Revision",
                fields: [
                    Field("SHA1", visibility: 3, .string(run.commit)),
                    Field(
                        "branch", visibility: 3,
                        .list([
                            .object(
                                className: "hudson.plugins.git.Branch",
                                fields: [
                                    Field("SHA1", visibility: 5, .string(run.commit)),
                                    Field("name", visibility: 5, .string(job.displayName)),
                                ])
                        ])),
                ])
            actions.append(
                .object(
                    className: "hudson.plugins.git.util.BuildData",
                    fields: [
                        Field("lastBuiltRevision", visibility: 2, revision),
                        Field("remoteUrls", visibility: 2, .value(.array([.string(workload.repository ?? "")]))),
                        Field("scmName", visibility: 2, .string("")),
                    ]))
        }
        return actions
    }

    private func cause(_ cause: SimRun.Cause) -> JenkinsExport {
        switch cause {
        case .person(let person):
            .object(
                className: "hudson.model.Cause$UserIdCause",
                fields: [
                    Field("shortDescription", visibility: 3, .string("Started by user \(person.name)")),
                    Field("userId", visibility: 3, .string(person.login)),
                    Field("userName", visibility: 3, .string(person.name)),
                ])
        case .push(let person):
            .object(
                className: "jenkins.branch.BranchEventCause",
                fields: [Field("shortDescription", visibility: 3, .string("Push event by \(person.name)"))])
        case .timer:
            .object(
                className: "hudson.triggers.TimerTrigger$TimerTriggerCause",
                fields: [Field("shortDescription", visibility: 3, .string("Started by timer"))])
        }
    }

    private func changes(_ run: SimRun) -> JenkinsExport {
        let item = JenkinsExport.object(
            className: "hudson.plugins.git.GitChangeSet",
            fields: [
                Field("commitId", visibility: 3, .string(run.commit)),
                Field("msg", visibility: 3, .string(run.message)),
                Field("comment", visibility: 3, .string(run.message + "\n")),
                Field("timestamp", visibility: 3, .int(Int(run.startedAt.nanoseconds / 1_000_000) - 60_000)),
            ])
        return .object(
            className: "hudson.plugins.git.GitChangeSetList",
            fields: [Field("items", visibility: 2, .list([item])), Field("kind", visibility: 2, .string("git"))])
    }

    private func culprits(_ run: SimRun, _ call: JenkinsCall) -> [JenkinsExport] {
        guard case .push(let person) = run.cause else { return [] }
        return [
            .object(
                className: "hudson.model.User",
                fields: [
                    Field("absoluteUrl", visibility: 3, .string("\(call.base)user/\(person.login)")),
                    Field("fullName", visibility: 3, .string(person.name)),
                ])
        ]
    }

    private func parameterProperty(_ job: JenkinsJob) -> [JenkinsExport] {
        guard !job.parameters.isEmpty else { return [] }
        let definitions = job.parameters.map { name in
            JenkinsExport.object(
                className: "hudson.model.StringParameterDefinition",
                fields: [
                    Field("name", visibility: 3, .string(name)),
                    Field("type", visibility: 3, .string("StringParameterDefinition")),
                    Field("description", visibility: 3, .string("")),
                ])
        }
        return [
            .object(
                className: "hudson.model.ParametersDefinitionProperty",
                fields: [Field("parameterDefinitions", visibility: 2, .list(definitions))])
        ]
    }

    private func allView(_ url: String) -> JenkinsExport {
        .object(
            className: "hudson.model.AllView",
            fields: [Field("name", visibility: 2, .string("all")), Field("url", visibility: 2, .string(url))])
    }

    private func health(_ runs: [SimRun], _ now: Date) -> JenkinsExport {
        let recent = runs.filter { !$0.isBuilding(at: now) }.prefix(5)
        let failed = recent.filter { $0.result(at: now) == .failure }.count
        let score = recent.isEmpty ? 100 : 100 - failed * 100 / recent.count
        return .object(
            className: "hudson.model.HealthReport",
            fields: [
                Field(
                    "description", visibility: 2,
                    .string("Build stability: \(failed) out of the last \(recent.count) builds failed.")),
                Field("score", visibility: 2, .int(score)),
            ])
    }

    func color(_ job: JenkinsJob, _ runs: [SimRun], _ now: Date) -> String {
        if job.isDisabled { return "disabled" }
        let last = runs.first { !$0.isBuilding(at: now) }?.result(at: now)
        let base =
            switch last {
            case .success: "blue"
            case .failure: "red"
            case .unstable: "yellow"
            case .aborted: "aborted"
            case nil: "notbuilt"
            }
        return runs.first?.isBuilding(at: now) == true ? base + "_anime" : base
    }

    /// The mean of the last three that went well, as Jenkins reckons.
    func estimate(_ job: JenkinsJob, _ now: Date) -> Double {
        let good = book.runs(of: job, at: now).filter { $0.result(at: now) == .success }.prefix(3)
        return good.isEmpty ? -0.001 : good.reduce(0) { $0 + $1.elapsed(at: now) } / Double(good.count)
    }

    static func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
}
