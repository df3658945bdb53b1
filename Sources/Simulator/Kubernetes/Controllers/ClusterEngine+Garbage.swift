import Foundation

extension ClusterEngine {
    /// Looks after an object that is to go but is held by a finalizer of the garbage collector's: with `foregroundDeletion`
    /// what it owns goes first, with `orphan` what it owns stays and is nobody's.
    ///
    /// - Returns: whether the object is on its way out, so that no other controller need look at it.
    func collectHeld(_ resource: String, _ key: ObjectKey) -> Bool {
        guard let object = store.get(resource, key), object.isTerminating else { return false }
        let finalizers = object.json["metadata"]["finalizers"].items
        if finalizers.contains("orphan") {
            for child in index.children(of: object.uid) { disown(child, object.uid) }
            release(resource, object, "orphan")
        } else if finalizers.contains("foregroundDeletion") {
            let children = index.children(of: object.uid)
            for child in children { deleteFirst(child) }
            if children.isEmpty { release(resource, object, "foregroundDeletion") }
        }
        return resource != "pods" && resource != "namespaces"
    }

    private func disown(_ child: OwnerIndex.Child, _ owner: String) {
        _ = try? store.update(child.resource, child.key) { json in  // Gone: nobody's anyway.
            var json = json
            let left = json["metadata"]["ownerReferences"].items.filter { $0["uid"].stringValue != owner }
            json["metadata"]["ownerReferences"] = left.isEmpty ? .null : .array(left)
            return json
        }
        if let object = store.get(child.resource, child.key) { index.note(child.resource, child.key, object.json) }
    }

    private func deleteFirst(_ child: OwnerIndex.Child) {
        guard let object = store.get(child.resource, child.key), !object.isTerminating else { return }
        let policy = index.children(of: object.uid).isEmpty ? "Background" : "Foreground"
        // Gone already is as good.
        _ = try? Deletion(store: store, now: now).delete(child.resource, object, policy: policy)
    }

    private func release(_ resource: String, _ object: StoredObject, _ finalizer: String) {
        let after = try? store.update(resource, object.key) { json in  // Gone already is as good.
            var json = json
            let left = json["metadata"]["finalizers"].items.filter { $0.stringValue != finalizer }
            json["metadata"]["finalizers"] = left.isEmpty ? .null : .array(left)
            return json
        }
        guard let after, Deletion.isDone(resource, after.json) else { return }
        _ = try? store.remove(resource, object.key)  // Gone already is as good.
    }
}
