import Foundation

extension ClusterEngine {
    /// Brings a freshly seeded cluster to where it would be after running for a while: every workload has its pods, and
    /// these are where their behaviour leads, with times in the past. Without events: those of that time are gone.
    func adopt() {
        isQuiet = true
        defer { isQuiet = false }
        for resource in [
            "namespaces", "deployments.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch", "cronjobs.batch",
        ] {
            for object in store.all(resource) { note(resource, object.key) }
        }
        for cron in store.all("cronjobs.batch") { adoptCronJob(cron) }
        // Replica sets come of deployments, pods of replica sets; each round makes the next generation.
        for _ in 0..<4 {
            for resource in Self.makers {
                for object in store.all(resource) { reconcileQuietly(resource, object.key) }
            }
            backdateReplicaSets()  // A pod is no older than its owner.
            for pod in store.all("pods") where runs[pod.key] == nil { adoptPod(pod) }
        }
        for _ in 0..<2 {
            for resource in Self.makers.reversed() {
                for object in store.all(resource) { reconcileQuietly(resource, object.key) }
            }
        }
        for service in store.all("services") { reconcileService(service.key) }
        for namespace in store.all("namespaces") {
            reconcileBudgets(namespace.key.name)
            reconcileQuotas(namespace.key.name)
        }
        for autoscaler in store.all("horizontalpodautoscalers.autoscaling") { reconcileAutoscaler(autoscaler.key) }
        backdateReplicaSets()
        backdateConditions()
        absorbInbox()
        store.compact()
    }

    private static let makers = [
        "deployments.apps", "replicasets.apps", "statefulsets.apps", "daemonsets.apps", "jobs.batch",
    ]

    private func reconcileQuietly(_ resource: String, _ key: ObjectKey) {
        switch resource {
        case "deployments.apps": reconcileDeployment(key)
        case "replicasets.apps": reconcileReplicaSet(key)
        case "statefulsets.apps":
            // One pod a look: as many looks as it may have pods.
            let count = store.get(resource, key)?.json["spec"]["replicas"].intValue ?? 0
            for _ in 0...count {
                reconcileStatefulSet(key)
                guard let set = store.get(resource, key) else { return }
                for pod in livingPods(of: set) where runs[pod.key] == nil { adoptPod(pod) }
            }
        case "daemonsets.apps": reconcileDaemonSet(key)
        default: reconcileJob(key)
        }
        absorbInbox()
    }

    /// A pod that has been there for a while: since its workload, or for some hours of its own.
    private func adoptPod(_ pod: StoredObject) {
        guard let node = pod.json["spec"]["nodeName"].stringValue ?? chooseNode(for: pod.json) else {
            timers.add(now.addingTimeInterval(1), .schedule(pod.key))
            return backdatePod(pod, to: now.addingTimeInterval(-delay(600, 7200)))
        }
        let started = startOfOld(pod)
        _ = try? store.update("pods", pod.key) { json in  // Only this engine is at work yet.
            var json = json
            json["spec"]["nodeName"] = .string(node)
            json["metadata"]["creationTimestamp"] = .string(KubeTime.text(started.addingTimeInterval(-3)))
            return json
        }
        podsPerNode[node, default: 0] += 1
        nodeOfPod[pod.key] = node
        guard let placed = store.get("pods", pod.key) else { return }
        adopt(placed, on: node, since: started)
    }

    /// A job's pod starts with its job; any other some time after its workload.
    private func startOfOld(_ pod: StoredObject) -> Date {
        let guess = now.addingTimeInterval(-delay(1800, 9 * 86_400))
        guard let owner = pod.json["metadata"]["ownerReferences"].items.first?["uid"].stringValue,
            let child = ownersByUID[owner],
            let created = KubeTime.seconds(
                store.get(child.resource, child.key)?.json["metadata"]["creationTimestamp"].stringValue)
        else { return guess }
        let earliest = Date(timeIntervalSince1970: created + 2)
        return child.resource == "jobs.batch" ? earliest : min(max(guess, earliest), now.addingTimeInterval(-60))
    }

    private func backdatePod(_ pod: StoredObject, to moment: Date) {
        _ = try? store.update("pods", pod.key) { json in  // Only this engine is at work yet.
            var json = json
            json["metadata"]["creationTimestamp"] = .string(KubeTime.text(moment))
            return json
        }
    }

    private func adopt(_ pod: StoredObject, on node: String, since started: Date) {
        let spec = pod.json["spec"]
        var run = PodRun(
            key: pod.key, uid: pod.uid, node: node, hostIP: hostAddress(node), podIP: takeAddress(),
            startTime: started, restartPolicy: spec["restartPolicy"].stringValue ?? "Always", containers: [],
            readySince: started.addingTimeInterval(4), initializedAt: started.addingTimeInterval(2))
        for (role, list) in [(SimContainerSpec.Role.initial, "initContainers"), (.main, "containers")] {
            for container in spec[list].items {
                run.containers.append(
                    ContainerRun(
                        name: container["name"].stringValue ?? "", image: container["image"].stringValue ?? "",
                        role: role, state: .waiting(reason: "PodInitializing", message: nil)))
            }
        }
        for index in run.containers.indices {
            images.insert("\(node)|\(run.containers[index].image)")
            let waitsForInit = run.containers[index].role != .initial && !run.isInitialized
            if waitsForInit { continue }
            adoptContainer(index, &run, pod.json, since: started.addingTimeInterval(2))
        }
        keep(run, pod.json)
    }

    private func adoptContainer(_ index: Int, _ run: inout PodRun, _ pod: SimJSON, since started: Date) {
        let behaviour = behaviour(run.containers[index], run)
        guard behaviour.isPullable else {
            run.containers[index].state = .waiting(reason: "ErrImagePull", message: nil)
            run.containers[index].backOffSeconds = 300
            run.containers[index].due = (now.addingTimeInterval(delay(0, 3)), .failPull)
            return
        }
        run.containers[index].id = generator.hex(64)
        let begun = begin(behaviour, started)
        switch behaviour.ending {
        case .exits(let after, let code) where run.containers[index].role == .initial || run.restartPolicy != "Always":
            adoptEnded(index, &run, pod, started, after: after, code: code)
        case .exits(let after, let code): adoptLoop(index, &run, pod, started, after: after, code: code)
        case .outOfMemory where begun > started:
            adoptRestarted(index, &run, pod, started, begun)
        default: adoptRunning(index, &run, pod, begun, behaviour)
        }
    }

    /// Since when the present run of a container lasts.
    private func begin(_ behaviour: ContainerBehaviour, _ started: Date) -> Date {
        guard case .outOfMemory(let after) = behaviour.ending else { return started }
        return max(started, now.addingTimeInterval(-delay(0.1, 0.8) * after))
    }

    private func adoptRunning(
        _ index: Int, _ run: inout PodRun, _ pod: SimJSON, _ since: Date, _ behaviour: ContainerBehaviour
    ) {
        run.containers[index].state = .running(since: since)
        run.containers[index].isReady = behaviour.readyAfter != nil
        noteStart(run.containers[index], run, pod)
        planEnd(index, &run)
    }

    private func adoptEnded(
        _ index: Int, _ run: inout PodRun, _ pod: SimJSON, _ started: Date, after: Double, code: Int
    ) {
        let finished = started.addingTimeInterval(after)
        noteRun(index, run, pod, started, finished, restarts: 0, code == 0 ? .completed : .error(exitCode: code))
        run.containers[index].state = .terminated(
            termination(run.containers[index], code, code == 0 ? "Completed" : "Error", started, finished))
    }

    /// A crash loop at its longest pause.
    private func adoptLoop(
        _ index: Int, _ run: inout PodRun, _ pod: SimJSON, _ started: Date, after: Double, code: Int
    ) {
        let restarts = max(1, Int(now.timeIntervalSince(started) / (300 + after)))
        let finished = now.addingTimeInterval(-delay(10, 280))
        for (past, count) in [(finished.addingTimeInterval(-300 - after), restarts - 1), (finished, restarts)] {
            let begun = past.addingTimeInterval(-after)
            noteRun(index, run, pod, begun, past, restarts: count, .error(exitCode: code))
        }
        let begun = finished.addingTimeInterval(-after)
        run.containers[index].restarts = restarts
        run.containers[index].last = termination(run.containers[index], code, "Error", begun, finished)
        run.containers[index].backOffSeconds = 300
        run.containers[index].state = .waiting(
            reason: "CrashLoopBackOff",
            message: "back-off 5m0s restarting failed container=\(run.containers[index].name) "
                + "pod=\(run.key.name)_\(run.key.namespace)(\(run.uid))")
        run.containers[index].due = (finished.addingTimeInterval(300), .restart)
    }

    private func adoptRestarted(
        _ index: Int, _ run: inout PodRun, _ pod: SimJSON, _ started: Date, _ begun: Date
    ) {
        let finished = begun.addingTimeInterval(-1)
        let restarts = max(1, Int(now.timeIntervalSince(started) / 21_600))
        noteRun(
            index, run, pod, max(started, finished.addingTimeInterval(-20_000)), finished, restarts: restarts - 1,
            .outOfMemory)
        run.containers[index].restarts = restarts
        run.containers[index].last = termination(
            run.containers[index], 137, "OOMKilled", max(started, finished.addingTimeInterval(-20_000)), finished)
        adoptRunning(index, &run, pod, begun, behaviour(run.containers[index], run))
    }

    private func termination(
        _ container: ContainerRun, _ code: Int, _ reason: String, _ from: Date, _ to: Date
    ) -> ContainerRun.Termination {
        ContainerRun.Termination(
            code: code, reason: reason, startedAt: from, finishedAt: to, id: container.id ?? generator.hex(64))
    }

    private func noteRun(
        _ index: Int, _ run: PodRun, _ pod: SimJSON, _ from: Date, _ to: Date, restarts: Int,
        _ ending: SimContainer.Ending
    ) {
        let container = run.containers[index]
        ledger.started(simContainer(container, run, pod, startedAt: from, restarts: restarts))
        ledger.ended(
            cluster: cluster, namespace: run.key.namespace, pod: run.key.name, container: container.name, at: to, ending
        )
    }

    /// Cron jobs have run before: the last three times.
    private func adoptCronJob(_ cron: StoredObject) {
        guard let schedule = CronSchedule(cron.json["spec"]["schedule"].stringValue ?? "") else { return }
        var found = 0
        let start = (now.timeIntervalSince1970 / 60).rounded(.down) * 60
        for minute in 1...4400 where found < 3 {
            let moment = Date(timeIntervalSince1970: start - Double(minute) * 60)
            guard schedule.fits(moment) else { continue }
            found += 1
            adoptJob(of: cron, at: moment, isNewest: found == 1)
        }
    }

    private func adoptJob(of cron: StoredObject, at moment: Date, isNewest: Bool) {
        let job = Manifest.job(
            of: cron, named: "\(cron.key.name)-\(Int(moment.timeIntervalSince1970 / 60))", at: moment)
        guard let made = try? store.create("jobs.batch", job) else { return }  // Only this engine is at work yet.
        note("jobs.batch", made.key)
        guard isNewest else { return }
        _ = try? store.update("cronjobs.batch", cron.key) { json in  // Only this engine is at work yet.
            var json = json
            json["status"]["lastScheduleTime"] = .string(KubeTime.text(moment))
            return json
        }
    }

    /// Replica sets are as old as their deployments.
    private func backdateReplicaSets() {
        for set in store.all("replicasets.apps") {
            guard let owner = set.json["metadata"]["ownerReferences"].items.first?["name"].stringValue,
                let created = store.get("deployments.apps", set.key.namespace, owner)?.json["metadata"][
                    "creationTimestamp"]
            else { continue }
            _ = try? store.update("replicasets.apps", set.key) { json in  // Only this engine is at work yet.
                var json = json
                json["metadata"]["creationTimestamp"] = created
                return json
            }
        }
    }

    /// So are the conditions of deployments.
    private func backdateConditions() {
        for deployment in store.all("deployments.apps") {
            let created = deployment.json["metadata"]["creationTimestamp"]
            _ = try? store.update("deployments.apps", deployment.key) { json in  // Only this engine is at work yet.
                var json = json
                json["status"]["conditions"] = .array(
                    json["status"]["conditions"].items.map { condition in
                        var condition = condition
                        condition["lastUpdateTime"] = created
                        condition["lastTransitionTime"] = created
                        return condition
                    })
                return json
            }
        }
    }
}
