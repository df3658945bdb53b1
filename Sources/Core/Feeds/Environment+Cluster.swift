import Backends
import Model

extension Environment {
    /// Runs a feed's work with the cluster's client. What the work throws, and a context that is broken, becomes the
    /// feed's last word: a kubeconfig that is wrong stays so until midwatch is started anew.
    func withCluster(_ sink: FeedSink, _ work: (KubernetesClient) async throws -> Void) async {
        do {
            try await work(try kubernetes())
        } catch {
            guard !Task.isCancelled else { return }
            let fault = FeedFault(error)
            sink.post(FeedStatus(fault.phase, since: pacer.now, hint: fault.hint))
        }
    }
}
