import HTTP
import JSON
import Model

/// CPU and memory as metrics.k8s.io measured them; that API has no watch.
extension KubernetesClient {
    /// The figures of now. Where the server has no metrics (404, 503), the error's `metricsPhase` is `absent`.
    ///
    /// `expecting` is how many there may be, so that room for them is made once.
    public func metrics(_ query: MetricsQuery, expecting count: Int = 0) async throws -> Metrics {
        var metrics = Metrics(usage: Dictionary(minimumCapacity: count))
        let namespaces: [String?] = query.subject == .pods && query.scope != .all ? query.scope.names : [nil]
        for namespace in namespaces {
            // This API knows no pages: the figures of 100,000 pods come in one body of some 40 MB.
            _ = try await eachElement(of: Self.path(query.subject, namespace)) { item, _ in
                metrics.usage[Self.key(item)] = Self.usage(item)
            }
        }
        return metrics
    }

    /// Polls until the task is cancelled: every 15 seconds, about as often as the server measures; every minute while it
    /// has no metrics or refuses. Where all namespaces are refused, those that are known are asked.
    public func followMetrics(
        _ query: MetricsQuery, knownNamespaces: [String] = [], post: @escaping @Sendable (FeedStatus, Metrics?) -> Void
    ) async throws {
        var query = query
        var notices: [String] = []
        var hasFigures = false
        var count = 0
        while true {
            do {
                let metrics = try await metrics(query, expecting: count)
                hasFigures = true
                count = metrics.usage.count
                post(FeedStatus(.live, since: pacer.now, notices: notices), metrics)
                try await pacer.sleep(pacer.jittered(15))
            } catch let error as KubernetesError {
                if error.isForbidden, query.scope == .all, query.subject == .pods {
                    let choice = await namespaces(allowing: Self.podMetrics, among: knownNamespaces)
                    if !choice.names.isEmpty {
                        query.scope = .some(choice.names)
                        notices = ["figures of \(choice.names.joined(separator: ", ")) only: the others are forbidden"]
                        continue
                    }
                }
                let phase = error.metricsPhase(hasFigures: hasFigures)
                post(FeedStatus(phase, since: pacer.now, notices: notices), nil)
                try await pacer.sleep(pacer.jittered(hasFigures ? 15 : 60))
            }
        }
    }

    private static let podMetrics = ResourceKind(
        group: "metrics.k8s.io", version: "v1beta1", plural: "pods", kind: "PodMetrics", verbs: ["get", "list"])
    private static let nodeMetrics = ResourceKind(
        group: "metrics.k8s.io", version: "v1beta1", plural: "nodes", kind: "NodeMetrics", isNamespaced: false,
        verbs: ["get", "list"])

    private static func path(_ subject: MetricsQuery.Subject, _ namespace: String?) -> APIPath {
        APIPath(subject == .pods ? podMetrics : nodeMetrics, namespace: namespace)
    }

    private static func key(_ item: JSONValue) -> RowKey {
        RowKey(namespace: item.text("metadata", "namespace"), name: item.text("metadata", "name"))
    }

    /// Of a pod the sum of its containers, of a node its own figures.
    private static func usage(_ item: JSONValue) -> Metrics.Usage {
        let parts = item["containers"] == nil ? [item] : item.list("containers")
        return parts.reduce(Metrics.Usage(cpuMillicores: 0, memoryBytes: 0)) { sum, part in
            let cpu = Quantity(part.text("usage", "cpu"))?.milli ?? 0
            let memory = Quantity(part.text("usage", "memory"))?.whole ?? 0
            return Metrics.Usage(cpuMillicores: sum.cpuMillicores &+ cpu, memoryBytes: sum.memoryBytes &+ memory)
        }
    }
}

extension KubernetesError {
    /// What a metrics feed says of itself because of this.
    public func metricsPhase(hasFigures: Bool = false) -> FeedStatus.Phase {
        switch statusCode {
        case 404: .absent(reason: "this server has no metrics: metrics-server is not installed")
        case 503: .absent(reason: "this server's metrics do not answer (503): metrics-server may be starting or down")
        case 403: .forbidden(reason: message)
        default: hasFigures ? .stale(reason: message) : .failed(reason: message)
        }
    }
}
