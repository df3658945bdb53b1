import JSON
import Model

extension KubernetesClient {
    /// Returns when a pod is gone, is being deleted, has ended, or is another one than `uid`; watched, not polled.
    public func untilPodLeaves(_ name: String, in namespace: String, uid: String) async throws {
        let path = APIPath(.pods, namespace: namespace).asking("fieldSelector", "metadata.name=\(name)")
        let changes = AsyncStream<ObjectWatch.Change>.makeStream()
        let watch = ObjectWatch(client: self, path: path) { changes.continuation.yield($0) }
        let watching = Task {
            // Its own faults come as changes; it ends when it is cancelled.
            try? await watch.run()
            changes.continuation.finish()
        }
        defer { watching.cancel() }
        for await change in changes.stream {
            switch change {
            case .listed(let pods):
                if !pods.contains(where: { Self.stays($0, uid) }) { return }
            case .put(let pod):
                if !Self.stays(pod, uid) { return }
            case .removed: return
            case .failed: break
            }
        }
        try Task.checkCancellation()
    }

    private static func stays(_ pod: JSONValue, _ uid: String) -> Bool {
        pod.text("metadata", "uid") == uid && pod.text("metadata", "deletionTimestamp").isEmpty
            && !["Succeeded", "Failed"].contains(pod.text("status", "phase"))
    }
}
