import Backends
import Model

/// CPU and memory of a scope while somebody looks, or the plain word that the server has none.
struct MetricsFeed: Feed {
    let environment: Environment
    let query: MetricsQuery

    func run(_ sink: FeedSink) async {
        await environment.withCluster(sink) { client in
            try await client.followMetrics(query, knownNamespaces: environment.info.knownNamespaces) {
                status, figures in
                if let figures { sink.post(.metrics(figures), status: status) } else { sink.post(status) }
            }
        }
    }
}
