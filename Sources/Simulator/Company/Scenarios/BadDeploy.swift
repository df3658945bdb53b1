import Foundation

/// The whole thread: pipeline run → new image → crash loop → error lines → alerts → roll back.
struct BadDeploy {
    private static let cluster = "production"
    private static let namespace = "payments"
    private static let service = "payments-api"

    let stage: ScenarioStage

    func play() async throws {
        guard let workload = stage.state.company.cluster(Self.cluster)?.workload(Self.service, in: Self.namespace),
            let job = stage.state.runs.jobs[[Self.namespace, Self.service, "main"]]
        else { return }
        let image = "\(workload.main.repository):\(nextVersion(after: workload.main.tag))"
        let shipped = try await runPipeline(job, image: image)
        try await breakProduction(workload, image: image, at: shipped)
        try await rollBack(workload, at: shipped + 165)
    }

    /// Queues the run and returns when it deploys to production, in seconds after the beginning.
    private func runPipeline(_ job: JenkinsJob, image: String) async throws -> Double {
        let (state, author) = (stage.state, stage.state.company.person(ofTeam: job.team))
        let plan = SimRun(
            job: job.key, number: 0, queueID: 0, startedAt: stage.beginning, cause: .push(author),
            stages: [
                .init(name: "Checkout", seconds: 4), .init(name: "Build", seconds: 14),
                .init(name: "Test", seconds: 18),
                .init(name: "Quality gate", seconds: 6), .init(name: "Image", seconds: 9),
                .init(name: "Deploy sandbox", seconds: 8),
                .init(name: "Smoke test", seconds: 5), .init(name: "Deploy production", seconds: 70, result: .failure),
            ],
            commit: commit, message: "Require the minor unit of every currency", image: image, node: "agent-2")
        let item = state.runs.enqueue(job, cause: plan.cause, plan: plan, at: stage.beginning)
        var waited = 6.0
        while true {
            // The branch may be busy with another run; nothing is deployed before ours has begun.
            try await stage.wait(until: waited)
            let now = max(stage.moment(waited), state.clock.now)
            if let number = state.runs.item(item, at: now)?.number,
                let run = state.runs.runs(of: job, at: now).first(where: { $0.number == number })
            {
                return run.startedAt.timeIntervalSince(stage.beginning) + run.offset(ofStage: run.stages.count - 1) + 2
            }
            waited = max(waited + 5, state.clock.now.timeIntervalSince(stage.beginning))
        }
    }

    private func breakProduction(_ workload: SimWorkload, image: String, at shipped: Double) async throws {
        try await stage.wait(until: shipped)
        let cluster = stage.cluster(Self.cluster)
        await cluster?.setBehaviour(.crashLoop, ofContainer: workload.main.name, image: image)
        await cluster?.setImage(
            image, ofContainer: workload.main.name, workload: workload.name, namespace: workload.namespace)
        for app in [("checkout", "checkout-api"), ("platform", "gateway"), ("merchants", "merchant-api")] {
            stage.complain(
                .refused(upstream: "payments-api.payments.svc"), cluster: Self.cluster, namespace: app.0, app: app.1,
                from: shipped + 8,
                to: shipped + 175, share: 0.25)
        }
        try await stage.wait(until: shipped + 30)
        stage.fire(
            "KubePodCrashLooping", severity: "warning", cluster: Self.cluster, namespace: Self.namespace,
            labels: ["container": workload.main.name, "deployment": workload.name, "reason": "CrashLoopBackOff"],
            podOf: workload.name,
            at: shipped + 30, summary: "Pod is crash looping.",
            description: "Container \(workload.main.name) restarts again and again (CrashLoopBackOff).")
        try await stage.wait(until: shipped + 45)
        stage.fire(
            "PaymentErrorBudgetBurn", severity: "critical", cluster: Self.cluster, namespace: Self.namespace,
            labels: ["deployment": workload.name, "service": workload.name], at: shipped + 45,
            summary: "Payments fail faster than their error budget allows.",
            description:
                "25 % of the calls to payments-api fail since version \(image.split(separator: ":").last ?? "").")
        try await stage.wait(until: shipped + 75)
        stage.fire(
            "KubeDeploymentRolloutStuck", severity: "warning", cluster: Self.cluster, namespace: Self.namespace,
            labels: ["deployment": workload.name], at: shipped + 75, summary: "Deployment rollout is not progressing.",
            description: "Rollout of payments/payments-api has not moved for a minute.")
    }

    private func rollBack(_ workload: SimWorkload, at moment: Double) async throws {
        try await stage.wait(until: moment - 30)
        let state = stage.state
        if let job = state.runs.jobs[["deploy-production"]] {
            state.runs.enqueue(
                job, cause: .person(state.company.person(ofTeam: workload.team)),
                parameters: ["SERVICE": workload.name, "VERSION": workload.main.tag, "DRY_RUN": "false"],
                plan: SimRun(
                    job: job.key, number: 0, queueID: 0, startedAt: stage.moment(moment - 30),
                    cause: .person(state.company.person(ofTeam: workload.team)),
                    stages: [
                        .init(name: "Prepare", seconds: 6), .init(name: "Plan", seconds: 10),
                        .init(name: "Apply", seconds: 40),
                    ],
                    commit: workload.commit, message: "Roll payments-api back to \(workload.main.tag)",
                    image: workload.main.image,
                    node: "agent-1"),
                at: stage.moment(moment - 30))
        }
        try await stage.wait(until: moment)
        await stage.cluster(Self.cluster)?.setImage(
            workload.main.image, ofContainer: workload.main.name, workload: workload.name, namespace: workload.namespace
        )
        try await stage.wait(until: moment + 45)
        stage.resolve("KubeDeploymentRolloutStuck", cluster: Self.cluster, at: moment + 20)
        stage.resolve("PaymentErrorBudgetBurn", cluster: Self.cluster, at: moment + 40)
        state.alerts.resolve(
            where: ["alertname": "KubePodCrashLooping", "cluster": Self.cluster, "namespace": Self.namespace],
            at: stage.moment(moment + 45))
    }

    /// The next minor version, another one each time the story is told.
    private func nextVersion(after tag: String) -> String {
        let parts = tag.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 3 else { return tag + "-next" }
        let told = Int(stage.beginning.timeIntervalSince(stage.state.startedAt) / 600)
        return "\(parts[0]).\(parts[1] + 1 + max(0, told)).0"
    }

    private var commit: String {
        var generator = SeededGenerator(
            seed: stage.state.company.seed,
            "bad commit at \(Int(stage.beginning.timeIntervalSince(stage.state.startedAt)))")
        return generator.hex(40)
    }
}
