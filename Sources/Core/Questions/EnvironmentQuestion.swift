import Backends
import Model

/// One question of the doctor to one environment; answers in plain words or throws.
struct EnvironmentQuestion: Sendable {
    let subject: String
    /// Failing is worth a warning only: midwatch works without it.
    var isOptional = false
    let ask: @Sendable (Environment) async throws -> String

    /// The systems that the environment has, and for a cluster the person's rights.
    static func all(of environment: Environment) -> [EnvironmentQuestion] {
        var questions: [EnvironmentQuestion] = []
        if environment.info.systems.contains("kubernetes") { questions += [kubernetes, identity, rights, metrics] }
        if environment.info.systems.contains("elasticsearch") { questions.append(elasticsearch) }
        if environment.info.systems.contains("jenkins") { questions.append(jenkins) }
        if environment.info.systems.contains("alertmanager") { questions.append(alertmanager) }
        return questions
    }

    private static let kubernetes = EnvironmentQuestion(subject: "kubernetes") { environment in
        "\(try await environment.kubernetes().version().version) at \(environment.info.server)"
    }

    private static let identity = EnvironmentQuestion(subject: "identity", isOptional: true) { environment in
        do {
            let (name, groups) = try await environment.kubernetes().whoAmI()
            return groups.isEmpty ? name : "\(name), in \(groups.joined(separator: ", "))"
        } catch let error as KubernetesError where error.statusCode == 404 {
            return "\(environment.info.user) (servers before 1.27 do not say more)"
        }
    }

    private static let rights = EnvironmentQuestion(subject: "rights", isOptional: true) { environment in
        let client = try environment.kubernetes()
        let everywhere = try await client.accessReview(verb: "list", kind: .pods, namespace: nil)
        if everywhere.isAllowed { return "may list pods in all namespaces" }
        let namespaces = ([environment.info.defaultNamespace] + environment.info.knownNamespaces).uniqued()
        var allowed: [String] = []
        for namespace in namespaces
        where try await client.accessReview(verb: "list", kind: .pods, namespace: namespace).isAllowed {
            allowed.append(namespace)
        }
        guard !allowed.isEmpty else {
            throw PlainFailure(
                .refused, "may list pods neither everywhere nor in \(namespaces.joined(separator: ", "))")
        }
        return "may list pods in \(allowed.joined(separator: ", ")) only"
    }

    private static let metrics = EnvironmentQuestion(subject: "metrics", isOptional: true) { environment in
        let query = MetricsQuery(environment: environment.id, subject: .nodes)
        do {
            return "metrics of \(try await environment.kubernetes().metrics(query).usage.count) nodes"
        } catch let error as KubernetesError where error.statusCode == 404 || error.statusCode == 503 {
            throw AbsentSystem(
                system: "metrics", environment: environment.id, advice: "install metrics-server to see CPU and memory")
        }
    }

    private static let elasticsearch = EnvironmentQuestion(subject: "elasticsearch") { environment in
        let client = try environment.elasticsearch()
        let version = try await client.version()
        let fields = try await client.fields()
        return "\(version), pods' logs in \(client.index) by \(fields.pod.map(\.name).joined(separator: " and "))"
    }

    private static let jenkins = EnvironmentQuestion(subject: "jenkins") { environment in
        let version = try await environment.jenkins().version()
        return version.isEmpty ? "answers, without telling its version" : "Jenkins \(version)"
    }

    private static let alertmanager = EnvironmentQuestion(subject: "alertmanager") { environment in
        "Alertmanager \(try await environment.alertmanager().version())"
    }
}

extension [String] {
    /// Each once, in order.
    fileprivate func uniqued() -> [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
