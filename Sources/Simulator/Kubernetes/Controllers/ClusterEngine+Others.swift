import Foundation

extension ClusterEngine {
    /// Writes the endpoints of a service: the ready pods it selects.
    func reconcileService(_ key: ObjectKey) {
        guard let service = store.get("services", key), !service.json["spec"]["selector"].isNull else { return }
        let selector = service.json["spec"]["selector"].members
        let pods = store.all("pods", namespace: key.namespace).filter { pod in
            selector.allSatisfy { pod.labels[$0.key] == $0.value } && !pod.json["status"]["podIP"].isNull
                && !pod.isTerminating
        }
        let slice = Manifest.endpointSlice(of: service, pods: pods, at: now)
        let endpoints = Manifest.endpoints(of: service, pods: pods, at: now)
        put("endpointslices.discovery.k8s.io", slice, fields: ["endpoints", "ports"])
        put("endpoints", endpoints, fields: ["subsets"])
    }

    private func put(_ resource: String, _ object: SimJSON, fields: [String]) {
        let key = ObjectKey(object)
        let updated = try? store.update(resource, key) { present in
            var json = present
            for field in fields { json[field] = object[field] }
            return json
        }
        if updated == nil { _ = try? store.create(resource, object) }  // Not there is the one reason to fail.
    }

    /// A namespace that is to go takes everything in it along.
    func reconcileNamespace(_ key: ObjectKey) {
        guard let namespace = store.get("namespaces", key) else { return }
        guard namespace.isTerminating else { return furnish(namespace) }
        let deletion = Deletion(store: store, now: now)
        var isEmpty = true
        for resource in APIResource.builtIn where resource.isNamespaced && resource.storage != "events" {
            for object in store.all(resource.storage, namespace: key.name) {
                isEmpty = false
                guard !object.isTerminating else { continue }
                _ = try? deletion.delete(resource.storage, object)  // Gone already is as good.
            }
        }
        guard isEmpty else { return timers.add(now.addingTimeInterval(1), .namespace(key)) }
        _ = try? store.remove("namespaces", key)  // Gone already is as good.
    }

    /// A new definition's kind is served from now on; with a definition that is gone its objects go.
    func establish(_ key: ObjectKey) {
        let resource = "customresourcedefinitions.apiextensions.k8s.io"
        guard let definition = store.get(resource, key) else {
            for object in store.all(key.name) { _ = try? store.remove(key.name, object.key) }  // Gone is as good.
            return
        }
        guard definition.json.condition("Established").isNull else { return }
        let spec = definition.json["spec"]
        let time = SimJSON.string(KubeTime.text(now))
        func condition(_ type: String, _ reason: String, _ message: String) -> SimJSON {
            [
                "type": .string(type), "status": "True", "lastTransitionTime": time, "reason": .string(reason),
                "message": .string(message),
            ]
        }
        let stored = spec["versions"].items.filter { $0["storage"] == true }.map { $0["name"] }
        _ = try? store.update(resource, key) { json in  // Gone: nothing to serve.
            var json = json
            json["status"] = [
                "conditions": [
                    condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                    condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
                ], "acceptedNames": spec["names"], "storedVersions": .array(stored),
            ]
            return json
        }
    }

    /// A new namespace gets its account and the certificate of the cluster.
    private func furnish(_ namespace: StoredObject) {
        let name = SimJSON.string(namespace.key.name)
        let account = Manifest.metadata(name: "default", namespace: name, createdAt: now)
        _ = try? store.create("serviceaccounts", ["metadata": account])  // There already is as good.
        let certificate = Manifest.metadata(name: "kube-root-ca.crt", namespace: name, createdAt: now)
        _ = try? store.create(  // There already is as good.
            "configmaps",
            [
                "metadata": certificate,
                "data": ["ca.crt": "-----BEGIN CERTIFICATE-----\n(make-believe)\n-----END CERTIFICATE-----\n"],
            ])
    }

    /// Changes of a load test: restarts and turns of readiness, each one a change that shows in the pod's row.
    func churn() {
        let interval = 0.05
        guard churnPerSecond > 0 else { return }
        timers.add(now.addingTimeInterval(interval), .churn)
        if churnKeys.isEmpty {
            churnKeys = runs.values.filter { $0.isReady }.map(\.key).sorted()
            guard !churnKeys.isEmpty else { return }
        }
        churnDebt += churnPerSecond * interval
        while churnDebt >= 1 {
            churnDebt -= 1
            flip(churnKeys[Int(generator.next() % UInt64(churnKeys.count))])
        }
    }

    /// Mostly a container that came back after a short fall, one time in ten a pod that turns ready or unready.
    private func flip(_ key: ObjectKey) {
        guard var run = runs[key], let last = run.others.last, let pod = store.get("pods", key),
            case .running(let since) = run.containers[last].state
        else { return }
        if generator.next() % 10 == 0 {
            run.containers[last].isReady.toggle()
            run.readySince = now
        } else {
            run.containers[last].restarts += 1
            run.containers[last].last = ContainerRun.Termination(
                code: 1, reason: "Error", startedAt: since, finishedAt: now, id: run.containers[last].id ?? "")
        }
        keep(run, pod.json)
    }
}
