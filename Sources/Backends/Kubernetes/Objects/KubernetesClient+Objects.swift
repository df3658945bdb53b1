import HTTP
import JSON
import Model

/// What a followed object says: how far it can be trusted and, when it changed, the whole document.
public struct ObjectFeedEvent: Sendable {
    public var status: FeedStatus
    public var document: ObjectDocument?
}

/// Single objects: described, as YAML, as they are, and followed.
extension KubernetesClient {
    /// The object as the server has it, with the `kind` and `apiVersion` that lists leave out.
    public func rawObject(_ reference: ObjectReference) async throws -> JSONValue {
        try await json(.get, APIPath(reference))
    }

    /// As `kubectl get -o yaml`, without managed fields; secrets show sizes unless `revealingSecrets`.
    public func yaml(_ reference: ObjectReference, revealingSecrets: Bool = false) async throws -> String {
        ObjectYAML.text(try await rawObject(reference), hidingSecrets: !revealingSecrets)
    }

    /// The object described, with its events; without them where they may not be read.
    public func object(_ reference: ObjectReference) async throws -> ObjectDocument {
        let object = try await rawObject(reference)
        var found = reference
        found.uid = object.text("metadata", "uid")
        do {
            return ObjectDescription.document(object, reference: reference, events: try await events(of: found))
        } catch is KubernetesError {
            return ObjectDescription.document(object, reference: reference)
        }
    }

    /// What happened to an object, newest first.
    public func events(of reference: ObjectReference) async throws -> [ObjectDocument.Event] {
        let list = try await json(.get, eventPath(reference)).list("items")
        return ObjectEvent.inOrder(list.map(ObjectEvent.read))
    }

    /// Follows an object and its events until the task is cancelled; `post` is called in order. An object that was
    /// deleted has `ended` and keeps its last document; one that comes back under the name is followed again.
    ///
    /// Whoever may get the object but not list it gets it by polling.
    public func followObject(
        _ reference: ObjectReference, post: @escaping @Sendable (FeedStatus, ObjectDocument?) -> Void
    ) async throws {
        let merge = ObjectMerge(reference, pacer: pacer, post: post)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watchOrPoll(reference, merge) }
            group.addTask {
                try await ObjectWatch(client: self, path: eventPath(reference), post: { await merge.events($0) }).run()
            }
            try await group.waitForAll()
        }
    }

    /// The same as a stream; unbounded, because its reader keeps only the newest document.
    public func followObject(_ reference: ObjectReference) -> AsyncStream<ObjectFeedEvent> {
        AsyncStream { continuation in
            let task = Task {
                // Nothing but the task's own cancellation is thrown here.
                try? await followObject(reference) { continuation.yield(.init(status: $0, document: $1)) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func watchOrPoll(_ reference: ObjectReference, _ merge: ObjectMerge) async throws {
        let path = APIPath(reference.kind, namespace: reference.namespace)
            .asking("fieldSelector", "metadata.name=\(FieldSelector.escaped(reference.name))")
        let watch = ObjectWatch(client: self, path: path, endsWhenRefused: true) { change in
            if case .listed(let items) = change {
                return await merge.object(.listed(items.map { named($0, reference.kind) }))
            }
            await merge.object(change)
        }
        do {
            try await watch.run()
        } catch let error as KubernetesError where error.isForbidden {
            try await poll(reference, merge)
        }
    }

    private func poll(_ reference: ObjectReference, _ merge: ObjectMerge) async throws {
        while true {
            do {
                await merge.object(.put(try await rawObject(reference)))
            } catch let error as KubernetesError {
                await error.statusCode == 404 ? merge.object(.listed([])) : merge.failed(error)
            }
            try await pacer.sleep(pacer.jittered(5))
        }
    }

    /// Events of namespaced objects lie in their namespace, those of others in any.
    private func eventPath(_ reference: ObjectReference) -> APIPath {
        var fields = ["involvedObject.name=\(FieldSelector.escaped(reference.name))"]
        fields.append("involvedObject.kind=\(FieldSelector.escaped(reference.kind.kind))")
        // The kubelet gives a node's name as its uid, so only the uids of namespaced objects can be asked for.
        if reference.namespace != nil, !reference.uid.isEmpty { fields.append("involvedObject.uid=\(reference.uid)") }
        return APIPath(.events, namespace: reference.namespace).asking("fieldSelector", fields.joined(separator: ","))
    }
}

/// Values in field selectors.
enum FieldSelector {
    static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing(",", with: "\\,").replacing("=", with: "\\=")
    }
}
