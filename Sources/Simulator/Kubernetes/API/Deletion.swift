import Foundation

/// What the API server does with an object that is to go: marks it and leaves the rest to the kubelet or to
/// finalizers, or takes it away.
struct Deletion: Sendable {
    let store: ClusterStore
    let now: Date

    enum Outcome: Sendable {
        /// Still there, with a deletion timestamp.
        case marked(StoredObject)
        case gone(StoredObject)

        var object: StoredObject {
            switch self {
            case .marked(let object), .gone(let object): object
            }
        }
    }

    /// Whether an object that is to go is held by nothing any more, now that it was changed. Pods are their kubelet's,
    /// namespaces go when they are empty.
    static func isDone(_ resource: String, _ json: SimJSON) -> Bool {
        let metadata = json["metadata"]
        guard !metadata["deletionTimestamp"].isNull, metadata["finalizers"].items.isEmpty else { return false }
        guard resource != "namespaces" else { return false }
        return (metadata["deletionGracePeriodSeconds"].intValue ?? 0) == 0
    }

    /// - Parameter grace: seconds a pod gets to end; nil leaves it its own.
    func delete(
        _ resource: String, _ object: StoredObject, grace: Int? = nil, policy: String = "Background",
        isDryRun: Bool = false
    ) throws(StoreError) -> Outcome {
        var finalizers = object.json["metadata"]["finalizers"].items
        if policy == "Foreground" { finalizers.append("foregroundDeletion") }
        if policy == "Orphan" { finalizers.append("orphan") }
        let seconds = resource == "pods" ? self.grace(of: object, asked: grace) : 0
        let isKept = seconds > 0 || !finalizers.isEmpty || resource == "namespaces"
        if isDryRun {
            let tried = StoredObject(
                key: object.key, revision: object.revision, json: marked(object.json, seconds, finalizers, resource))
            return isKept ? .marked(tried) : .gone(tried)
        }
        guard isKept else {
            return .gone(
                try store.remove(resource, object.key) { json in
                    resource == "pods" ? marked(json, seconds, finalizers, resource) : json
                })
        }
        let after = try store.update(resource, object.key) { marked($0, seconds, finalizers, resource) }
        return .marked(after)
    }

    /// A pod that runs nowhere, or has ended, needs no time.
    private func grace(of pod: StoredObject, asked: Int?) -> Int {
        let phase = pod.json["status"]["phase"].stringValue
        if pod.json["spec"]["nodeName"].isNull || phase == "Succeeded" || phase == "Failed" { return 0 }
        let wanted = asked ?? pod.json["spec"]["terminationGracePeriodSeconds"].intValue ?? 30
        guard let before = pod.json["metadata"]["deletionGracePeriodSeconds"].intValue else { return wanted }
        return min(wanted, before)
    }

    private func marked(_ json: SimJSON, _ seconds: Int, _ finalizers: [SimJSON], _ resource: String) -> SimJSON {
        var json = json
        var metadata = json["metadata"]
        let isAgain = !metadata["deletionTimestamp"].isNull
        if let present = metadata["deletionGracePeriodSeconds"].intValue, isAgain, seconds >= present { return json }
        metadata["deletionTimestamp"] = .string(KubeTime.text(now.addingTimeInterval(Double(seconds))))
        if resource != "namespaces" { metadata["deletionGracePeriodSeconds"] = .int(seconds) }
        if let generation = metadata["generation"].intValue, !isAgain { metadata["generation"] = .int(generation + 1) }
        if !finalizers.isEmpty { metadata["finalizers"] = .array(finalizers) }
        json["metadata"] = metadata
        json = json.metadataOrdered
        if resource == "namespaces" { json["status"]["phase"] = "Terminating" }
        return json
    }
}
