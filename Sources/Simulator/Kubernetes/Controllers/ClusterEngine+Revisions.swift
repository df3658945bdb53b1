import Foundation

extension ClusterEngine {
    /// The revision that a stateful set's or daemon set's template is now: a known one that is the same again moves to
    /// the front under a new number, any other is noted. Gives the hash that its pods carry.
    func currentRevision(of set: StoredObject, kind: String) -> String {
        let template = set.json["spec"]["template"]
        let known = revisions(of: set)
        let newest = known.map(Self.number).max() ?? 0
        let same = known.first { $0.json["data"]["spec"]["template"].withoutPatchMark == template }
        guard let same else {
            let hash = Self.templateHash(template)
            note(set, kind: kind, hash: hash, number: newest + 1)
            dropOldRevisions(of: set)
            return hash
        }
        if Self.number(same) < newest {
            _ = try? store.update("controllerrevisions.apps", same.key) { json in  // Gone: noted anew at the next look.
                var json = json
                json["revision"] = .int(newest + 1)
                return json
            }
        }
        return same.labels["controller-revision-hash"].stringValue ?? Self.templateHash(template)
    }

    private func revisions(of set: StoredObject) -> [StoredObject] {
        index.children(of: set.uid, "controllerrevisions.apps").compactMap { store.get("controllerrevisions.apps", $0) }
    }

    private static func number(_ revision: StoredObject) -> Int { revision.json["revision"].intValue ?? 0 }

    private func note(_ set: StoredObject, kind: String, hash: String, number: Int) {
        var template = set.json["spec"]["template"]
        template["$patch"] = "replace"
        // The first revision is as old as its set.
        let created = KubeTime.seconds(set.json["metadata"]["creationTimestamp"].stringValue)
        let moment = number == 1 ? created.map { Date(timeIntervalSince1970: $0) } ?? now : now
        var labels = set.json["spec"]["template"]["metadata"]["labels"]
        labels["controller-revision-hash"] = .string(hash)
        let revision: SimJSON = [
            "metadata": Manifest.metadata(
                name: "\(set.key.name)-\(hash)", namespace: .string(set.key.namespace), createdAt: moment,
                labels: labels,
                annotations: set.json["metadata"]["annotations"],
                owners: Manifest.owners(set.json, kind: kind, apiVersion: "apps/v1")),
            "data": ["spec": ["template": template]], "revision": .int(number),
        ]
        guard let made = try? store.create("controllerrevisions.apps", revision) else { return }  // Noted already.
        index.note("controllerrevisions.apps", made.key, made.json)
    }

    private func dropOldRevisions(of set: StoredObject) {
        let limit = (set.json["spec"]["revisionHistoryLimit"].intValue ?? 10) + 1
        let all = revisions(of: set).sorted { Self.number($0) < Self.number($1) }
        guard all.count > limit else { return }
        let used = Set(livingPods(of: set).compactMap { $0.labels["controller-revision-hash"].stringValue })
        for old in all.prefix(all.count - limit) {
            let hash = old.labels["controller-revision-hash"].stringValue ?? ""
            let isUsed = used.contains(hash) || used.contains(old.key.name)
            if !isUsed { _ = try? store.remove("controllerrevisions.apps", old.key) }  // Gone already is as good.
        }
    }
}

extension SimJSON {
    fileprivate var withoutPatchMark: SimJSON {
        var json = self
        json["$patch"] = .null
        return json
    }
}
