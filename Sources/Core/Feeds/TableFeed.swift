import Backends
import Model

/// One list and watch of a cluster, passed on as it comes.
struct TableFeed: Feed {
    let environment: Environment
    let query: TableQuery
    var isPushed: Bool { true }

    func run(_ sink: FeedSink) async {
        await environment.withCluster(sink) { client in
            try await client.followTable(query, knownNamespaces: environment.info.knownNamespaces) { event in
                switch event {
                case .status(let status): sink.post(status)
                case .delta(let delta): sink.post(.table(delta))
                }
            }
        }
    }
}
