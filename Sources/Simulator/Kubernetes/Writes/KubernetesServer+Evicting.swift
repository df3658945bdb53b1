extension KubernetesServer {
    /// Deletes a pod where its disruption budget allows it.
    func evictionAnswer(_ request: ResourceRequest, _ name: String) throws(APIStatus) -> SimResponse {
        guard request.http.method == "POST" else { throw .methodNotAllowed }
        var options = try WriteOptions(request.http, kind: "CreateOptions")
        let body = try WriteBody.object(request.http, kind: "Eviction")
        let named = body["metadata"]["name"].stringValue ?? name
        guard named == name else { throw .badRequest("name in URL does not match name in Eviction object: \(named)") }
        let deleting = body["deleteOptions"]
        if !deleting["dryRun"].items.isEmpty { options.isDryRun = true }
        let key = ObjectKey(request.path.namespace ?? "", name)
        guard let pod = store.get("pods", key) else { throw .notFound(request.resource, name) }
        try check(deleting["preconditions"], pod, request)
        if isProtected(pod) { try takeDisruption(of: pod, isDryRun: options.isDryRun) }
        if !options.isDryRun {
            let deletion = Deletion(store: store, now: clock.now)
            do throws(StoreError) {
                _ = try deletion.delete("pods", pod, grace: deleting["gracePeriodSeconds"].intValue)
            } catch {
                throw .notFound(request.resource, name)
            }
        }
        let success: SimJSON = [
            "kind": "Status", "apiVersion": "v1", "metadata": .emptyObject, "status": "Success", "code": 201,
        ]
        return SimResponse(
            status: 201, type: "application/json", headers: [("Cache-Control", "no-cache, private")],
            body: success.bytes + [0x0a])
    }

    /// A pod that has ended, waits, or goes already disturbs nobody.
    private func isProtected(_ pod: StoredObject) -> Bool {
        let phase = pod.json["status"]["phase"].stringValue
        return !pod.isTerminating && phase != "Succeeded" && phase != "Failed" && phase != "Pending"
    }

    private func takeDisruption(of pod: StoredObject, isDryRun: Bool) throws(APIStatus) {
        let budgets = store.all("poddisruptionbudgets.policy", namespace: pod.key.namespace).filter { budget in
            let selector = budget.json["spec"]["selector"]
            return !selector.isNull && LabelSelector(workload: selector).matches(pod.labels)
        }
        guard let budget = budgets.first else { return }
        guard budgets.count == 1 else {
            throw APIStatus(
                code: 500, reason: "InternalError",
                message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not "
                    + "support.")
        }
        if ClusterEngine.isReady(pod) == false, mayGoUnready(budget) { return }
        var refusal: APIStatus?
        _ = try? store.update("poddisruptionbudgets.policy", budget.key) { json in  // Gone: nothing protects the pod.
            guard (json["status"]["disruptionsAllowed"].intValue ?? 0) > 0 else {
                refusal = .disruptionBudget(budget.key.name, json["status"])
                return nil
            }
            guard !isDryRun else { return nil }
            var json = json
            json["status"]["disruptionsAllowed"] = .int((json["status"]["disruptionsAllowed"].intValue ?? 1) - 1)
            json["status"]["disruptedPods"][pod.key.name] = .string(KubeTime.text(clock.now))
            return json
        }
        if let refusal { throw refusal }
    }

    /// A pod that is not ready may go while the others are enough, or always where the budget says so.
    private func mayGoUnready(_ budget: StoredObject) -> Bool {
        if budget.json["spec"]["unhealthyPodEvictionPolicy"].stringValue == "AlwaysAllow" { return true }
        let status = budget.json["status"]
        let desired = status["desiredHealthy"].intValue ?? 0
        return desired > 0 && (status["currentHealthy"].intValue ?? 0) >= desired
    }
}
