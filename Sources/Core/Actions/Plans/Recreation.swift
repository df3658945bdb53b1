import Backends
import JSON
import Model

/// The way back from a deletion: the object as it was, without what only the server gives.
enum Recreation {
    /// nil for what something else brings back (an owned object), and for what takes too much with it (a namespace).
    static func wayBack(_ object: PresentObject) -> WayBack? {
        let isOwned = object.value.list("metadata", "ownerReferences").contains { $0.flag("controller") }
        guard !isOwned, object.reference.kind != .namespaces, object.reference.kind != .nodes else { return nil }
        let manifest = manifest(JSONTree(object.value), object.reference.kind)
        var reference = object.reference
        reference.uid = ""
        let target = reference
        let step = Step(name: target.shortName, object: target, recheck: { try await isThere(target, $0) }) { run in
            try await run.writer().create(target.kind, namespace: target.namespace, manifest.literal)
            return StepOutcome("created again")
        }
        return WayBack("create \(target.shortName) again", step: step)
    }

    private static func isThere(_ reference: ObjectReference, _ run: StepRun) async throws -> StepOutcome? {
        do {
            _ = try await run.client.rawObject(reference)
            return StepOutcome("created again after all")
        } catch let error as KubernetesError where error.statusCode == 404 {
            return nil
        }
    }

    /// What can be created from an object that was.
    static func manifest(_ object: JSONTree, _ kind: ResourceKind) -> JSONTree {
        var manifest = object
        manifest["status"] = nil
        for field in serverFields { manifest[path: ["metadata", field]] = nil }
        if kind == .pods { manifest[path: ["spec", "nodeName"]] = nil }
        if kind == .jobs { withoutGeneratedSelector(&manifest) }
        return manifest
    }

    private static let serverFields = [
        "uid", "resourceVersion", "creationTimestamp", "managedFields", "generation", "selfLink", "deletionTimestamp",
        "deletionGracePeriodSeconds", "ownerReferences",
    ]

    /// The server makes a job's selector from its uid, unless the job brings its own.
    static func withoutGeneratedSelector(_ job: inout JSONTree) {
        guard job[path: ["spec", "manualSelector"]] != .bool(true) else { return }
        job[path: ["spec", "selector"]] = nil
        for place in [["metadata", "labels"], ["spec", "template", "metadata", "labels"]] {
            for label in generatedLabels { job[path: place + [label]] = nil }
        }
    }

    private static let generatedLabels = [
        "controller-uid", "batch.kubernetes.io/controller-uid", "job-name", "batch.kubernetes.io/job-name",
    ]
}
