/// Every item of the company's Jenkins, made of what the company builds itself.
struct JenkinsJobs: Sendable {
    let all: [JenkinsJob]
    private let byKey: [String: Int]
    private let childrenByKey: [String: [Int]]

    init(company: Company) {
        var jobs: [JenkinsJob] = []
        let ours = company.cluster("production")?.workloads.filter { $0.jenkinsJob != nil && $0.kind != .job } ?? []
        let known = Set(ours.map { "\($0.namespace)/\($0.name)" })
        let others = company.cluster("sandbox")?.workloads.filter {
            $0.jenkinsJob != nil && $0.kind != .job && !known.contains("\($0.namespace)/\($0.name)")
        }
        let services = (ours + (others ?? [])).filter { !$0.namespace.hasPrefix("load-") }
        for namespace in Set(services.map(\.namespace)).sorted() {
            jobs.append(JenkinsJob(path: [namespace], kind: .folder, team: namespace))
            for service in services where service.namespace == namespace {
                jobs += Self.project(of: service, seed: company.seed)
            }
        }
        jobs += Self.housekeeping
        all = jobs
        byKey = Dictionary(uniqueKeysWithValues: jobs.enumerated().map { ($1.key, $0) })
        childrenByKey = Dictionary(grouping: jobs.indices) { jobs[$0].path.dropLast().joined(separator: "/") }
    }

    subscript(path: [String]) -> JenkinsJob? { byKey[path.joined(separator: "/")].map { all[$0] } }

    /// The items right below a folder, or below the root for an empty path.
    func children(of path: [String]) -> [JenkinsJob] {
        (childrenByKey[path.joined(separator: "/")] ?? []).map { all[$0] }
    }

    private static func project(of service: SimWorkload, seed: UInt64) -> [JenkinsJob] {
        var dice = LogDice(StableHash.mix(seed, StableHash.of("branches of \(service.namespace)/\(service.name)")))
        let path = [service.namespace, service.name]
        var jobs = [JenkinsJob(path: path, kind: .multibranch, team: service.team, workload: service)]
        let branches =
            ["main"] + (0..<dice.below(3)).map { _ in dice.pick(branchNames) }
            + (dice.below(3) == 0 ? ["PR-\(40 + dice.below(300))"] : [])
        var seen: Set<String> = []
        for branch in branches where seen.insert(branch).inserted {
            jobs.append(
                JenkinsJob(
                    path: path + [branch], kind: .pipeline, team: service.team, workload: service,
                    interval: Double(branch == "main" ? 9000 + dice.below(14_000) : 40_000 + dice.below(90_000))))
        }
        return jobs
    }

    private static let branchNames = [
        "feature%2Ftwo-tone-receipts", "fix%2Frounding-of-yen", "feature%2F晴れ", "release%2F2.14",
        "chore%2Fbump-base-image", "fix%2Fnull-currency",
    ]

    private static let housekeeping = [
        JenkinsJob(path: ["platform", "terraform-plan"], kind: .pipeline, team: "platform", interval: 14_400),
        JenkinsJob(path: ["platform", "base-images"], kind: .pipeline, team: "platform", interval: 50_000),
        JenkinsJob(
            path: ["deploy-production"], kind: .pipeline, team: "platform", interval: 11_000,
            parameters: ["SERVICE", "VERSION", "DRY_RUN"]),
        JenkinsJob(path: ["nightly-restore-test"], kind: .freestyle, team: "platform", interval: 86_400),
        JenkinsJob(path: ["agent-cleanup"], kind: .freestyle, team: "platform", interval: 3600),
        JenkinsJob(path: ["old-monolith-release"], kind: .freestyle, team: "platform", isDisabled: true),
    ]
}
