import Backends
import Model

/// One list and watch of a cluster, passed on as it comes.
struct TableFeed: Feed {
    let environment: Environment
    let query: TableQuery

    func run(_ sink: FeedSink) async {
        let client: KubernetesClient
        do {
            client = try environment.kubernetes()
        } catch {
            // A context that the kubeconfig does not hold stays broken until midwatch is started anew.
            let fault = FeedFault(error)
            sink.post(FeedStatus(fault.phase, since: environment.pacer.now, hint: fault.hint))
            return
        }
        // It throws nothing but the task's own cancellation.
        try? await client.followTable(query, knownNamespaces: environment.info.knownNamespaces) { event in
            switch event {
            case .status(let status): sink.post(status)
            case .delta(let delta): sink.post(.table(delta))
            }
        }
    }
}
