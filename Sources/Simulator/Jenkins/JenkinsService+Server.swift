import Foundation

extension JenkinsService {
    func crumb(_ call: JenkinsCall) -> JenkinsExport {
        var generator = SeededGenerator(seed: state.company.seed, "crumb of \(call.login)")
        return .object(
            className: "hudson.security.csrf.DefaultCrumbIssuer",
            fields: [Field("crumb", .string(generator.hex(64))), Field("crumbRequestField", .string("Jenkins-Crumb"))])
    }

    func whoAmI(_ call: JenkinsCall) -> JenkinsExport {
        guard call.parts.first == "whoAmI" else {
            let name = state.company.people.first { $0.login == call.login }?.name
            return .object(
                className: "hudson.model.User",
                fields: [
                    Field("absoluteUrl", .string("\(call.base)user/\(call.login)")), Field("description", .null),
                    Field("fullName", .string(name)),
                    Field("id", .string(call.login)),
                ])
        }
        return .object(
            className: "hudson.security.WhoAmI",
            fields: [
                Field("anonymous", .bool(false)), Field("authenticated", .bool(true)),
                Field("authorities", .value(["authenticated"])), Field("name", .string(call.login)),
            ])
    }

    func queueRoute(_ call: JenkinsCall) -> SimResponse {
        let parts = call.parts
        if parts.count >= 3, parts[1] == "item", let id = Int(parts[2]) {
            guard let item = book.item(id, at: call.now) else { return call.notFound }
            return call.answer(export(item, call))
        }
        if parts.count == 2, parts[1] == "cancelItem" {
            guard call.request.method == "POST" else { return call.postOnly }
            let given = call.request.query + SimRequest.form(String(decoding: call.request.body, as: UTF8.self))
            guard let id = given.first(where: { $0.name == "id" }).flatMap({ Int($0.value) }) else {
                return call.error(400, "id is missing")
            }
            return SimResponse(status: book.cancel(item: id, at: call.now) ? 204 : 404)
        }
        let items = { [book] in
            book.queue(at: call.now).reversed().map { self.export($0, call) } + [self.stuckItem(call)]
        }
        return call.answer(
            .object(
                className: "hudson.model.Queue",
                fields: [Field("discoverableItems", .list([])), Field("items", isInline: true, .list(items()))]))
    }

    /// Something of the queue, while it waits and after.
    func export(_ item: RunBook.QueueItem, _ call: JenkinsCall) -> JenkinsExport {
        let job = book.jobs[item.job.split(separator: "/").map(String.init)]
        let left = item.number != nil || item.isCancelled
        let isBlocked = !left && item.startsAt <= call.now
        let seconds = max(1, Int(item.startsAt.timeIntervalSince(call.now).rounded(.up)))
        let why =
            left ? nil : isBlocked ? "Build is already in progress" : "In the quiet period. Expires in \(seconds) sec"
        let executable: JenkinsExport =
            item.number.map { number in
                .object(
                    className: job?.runClassName ?? "",
                    fields: [
                        Field("number", visibility: 2, .int(number)),
                        Field("url", visibility: 2, .string("\(call.base)\(job?.urlPath ?? "")\(number)/")),
                    ])
            } ?? .null
        return queueItem(
            kind: left ? "LeftItem" : isBlocked ? "BlockedItem" : "WaitingItem", id: item.id, since: item.since,
            why: why, isBlocked: isBlocked,
            isStuck: false, job: job, call: call,
            more: left ? [Field("cancelled", .bool(item.isCancelled)), Field("executable", executable)] : [])
    }

    /// What has been waiting for a machine that nobody bought yet.
    private func stuckItem(_ call: JenkinsCall) -> JenkinsExport {
        queueItem(
            kind: "BuildableItem", id: 3977, since: state.startedAt.addingTimeInterval(-5400),
            why: "There are no nodes with the label ‘arm64’", isBlocked: false, isStuck: true,
            job: book.jobs[["platform", "base-images"]], call: call, more: [Field("pending", .bool(false))])
    }

    private func queueItem(
        kind: String, id: Int, since: Date, why: String?, isBlocked: Bool, isStuck: Bool, job: JenkinsJob?,
        call: JenkinsCall,
        more: [Field]
    ) -> JenkinsExport {
        let task: JenkinsExport =
            job.map { job in
                .object(
                    className: job.className,
                    fields: [
                        Field("name", visibility: 2, .string(job.name)),
                        Field("url", visibility: 2, .string(call.base + job.urlPath)),
                        Field(
                            "color", visibility: 2,
                            .string(self.color(job, self.book.runs(of: job, at: call.now), call.now))),
                    ])
            } ?? .null
        return .object(
            className: "hudson.model.Queue$\(kind)",
            fields: [
                Field("actions", visibility: 2, .list([])), Field("blocked", visibility: 2, .bool(isBlocked)),
                Field("buildable", visibility: 2, .bool(kind == "BuildableItem")), Field("id", visibility: 2, .int(id)),
                Field("inQueueSince", visibility: 2, .int(Int(since.nanoseconds / 1_000_000))),
                Field("params", visibility: 2, .string("")),
                Field("stuck", visibility: 2, .bool(isStuck)), Field("task", visibility: 2, task),
                Field("url", visibility: 2, .string("queue/item/\(id)/")), Field("why", visibility: 2, .string(why)),
            ] + more)
    }

    func computerRoute(_ call: JenkinsCall) -> SimResponse {
        let running = book.running(at: call.now)
        let names = ["Built-In Node", "agent-1", "agent-2", "agent-3", "agent-4", "agent-mac"]
        if call.parts.count >= 2, call.parts[1] != "api" {
            let wanted = ["(master)", "(built-in)"].contains(call.parts[1]) ? "Built-In Node" : call.parts[1]
            guard names.contains(wanted) else { return call.notFound }
            return call.answer(computer(wanted, running, call))
        }
        return call.answer(
            .object(
                className: "hudson.model.ComputerSet",
                fields: [
                    Field("busyExecutors", .int(running.count)),
                    Field("computer", isInline: true, .list(names.map { self.computer($0, running, call) })),
                    Field("displayName", .string("Nodes")), Field("totalExecutors", .int(16)),
                ]))
    }

    private func computer(_ name: String, _ running: [SimRun], _ call: JenkinsCall) -> JenkinsExport {
        let own = running.filter { $0.node == name }
        let isController = name == "Built-In Node"
        let isOffline = name == "agent-mac"
        let executors = isController ? 0 : max(4, own.count)
        return .object(
            className: isController ? "hudson.model.Hudson$MasterComputer" : "hudson.slaves.SlaveComputer",
            fields: [
                Field("displayName", .string(name)), Field("description", .string("")),
                Field(
                    "executors",
                    .list((0..<executors).map { self.executor($0 < own.count ? own[$0] : nil, number: $0, call) })),
                Field("idle", .bool(own.isEmpty)), Field("jnlpAgent", .bool(!isController)),
                Field("launchSupported", .bool(true)),
                Field("numExecutors", .int(isController ? 0 : 4)), Field("offline", .bool(isOffline)),
                Field(
                    "offlineCause",
                    isOffline ? .object(className: "hudson.slaves.OfflineCause$ChannelTermination", fields: []) : .null),
                Field("offlineCauseReason", .string(isOffline ? "Connection was broken" : "")),
                Field("oneOffExecutors", .list([])),
                Field("temporarilyOffline", .bool(false)),
                Field(
                    "assignedLabels",
                    .list([
                        .object(
                            className: "hudson.model.labels.LabelAtom",
                            fields: [Field("name", visibility: 2, .string(name))])
                    ])),
            ])
    }

    private func executor(_ run: SimRun?, number: Int, _ call: JenkinsCall) -> JenkinsExport {
        let job = run.flatMap { book.jobs[$0.job.split(separator: "/").map(String.init)] }
        let current: JenkinsExport
        var progress = -1
        if let run, let job {
            current = export(run, job, call)
            let estimate = self.estimate(job, call.now)
            progress = estimate > 0 ? min(99, Int(run.elapsed(at: call.now) / estimate * 100)) : -1
        } else {
            current = .null
        }
        return .object(
            className: "hudson.model.Executor",
            fields: [
                Field("currentExecutable", visibility: 2, current), Field("idle", visibility: 2, .bool(run == nil)),
                Field("likelyStuck", visibility: 2, .bool(false)), Field("number", visibility: 2, .int(number)),
                Field("progress", visibility: 2, .int(progress)),
            ])
    }
}
