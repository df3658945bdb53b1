import Foundation

extension ClusterEngine {
    /// Looks at a pod that changed: a new one is scheduled or started, one that is to go is ended.
    func reconcilePod(_ key: ObjectKey) {
        guard let pod = store.get("pods", key) else { return }
        let node = pod.json["spec"]["nodeName"].stringValue
        guard let node else { return timers.add(now.addingTimeInterval(0.05), .schedule(key)) }
        guard !deadNodes.contains(node) else { return }
        if let run = runs[key], run.uid == pod.uid {
            if pod.isTerminating { run.endsAt == nil ? beginEnd(of: pod) : hastenEnd(of: pod) }
            addEphemeral(to: pod)
        } else if pod.isTerminating {
            remove(pod)
        } else {
            admit(pod, on: node)
        }
    }

    /// The kubelet takes a pod in: containers are created, nothing runs yet.
    private func admit(_ pod: StoredObject, on node: String) {
        let spec = pod.json["spec"]
        let initial = spec["initContainers"].items
        let waiting = initial.isEmpty ? "ContainerCreating" : "PodInitializing"
        var containers = initial.map { makeRun($0, .initial, waiting: "PodInitializing") }
        containers += spec["containers"].items.map { makeRun($0, .main, waiting: waiting) }
        var run = PodRun(
            key: pod.key, uid: pod.uid, node: node, hostIP: hostAddress(node), startTime: now,
            restartPolicy: spec["restartPolicy"].stringValue ?? "Always", containers: containers, readySince: now)
        let first = run.initial.first.map { [$0] } ?? run.others
        for index in first {
            run.containers[index].due = (now.addingTimeInterval(delay(0.4, 1.2)), .pull)
        }
        keep(run, pod.json)
    }

    private func makeRun(_ container: SimJSON, _ role: SimContainerSpec.Role, waiting: String) -> ContainerRun {
        ContainerRun(
            name: container["name"].stringValue ?? "", image: container["image"].stringValue ?? "", role: role,
            state: .waiting(reason: waiting, message: nil))
    }

    /// Containers that somebody put into a running pod to look around.
    private func addEphemeral(to pod: StoredObject) {
        guard var run = runs[pod.key], run.endsAt == nil else { return }
        let known = Set(run.ephemeral.map { run.containers[$0].name })
        let added = pod.json["spec"]["ephemeralContainers"].items.filter {
            !known.contains($0["name"].stringValue ?? "")
        }
        guard !added.isEmpty else { return }
        for container in added {
            var new = makeRun(container, .ephemeral, waiting: "ContainerCreating")
            new.due = (now.addingTimeInterval(delay(0.2, 0.6)), .pull)
            run.containers.append(new)
        }
        keep(run, pod.json)
    }

    func hostAddress(_ node: String) -> String {
        store.get("nodes", "", node)?.json["status"]["addresses"][0]["address"].stringValue ?? "10.0.0.1"
    }

    /// A pod's address, unique in the cluster, in 10.128.0.0/9.
    func takeAddress() -> String {
        nextAddress += 1
        return "10.\(128 + nextAddress / 65_536 % 128).\(nextAddress / 256 % 256).\(nextAddress % 256)"
    }

    func delay(_ least: Double, _ most: Double) -> Double { Double.random(in: least...most, using: &generator) }

    /// Does what is due to the containers of a pod and writes its status.
    func stepPod(_ key: ObjectKey) {
        guard var run = runs[key], !deadNodes.contains(run.node), let pod = store.get("pods", key), pod.uid == run.uid
        else { return }
        if let end = run.endsAt, end <= now { return finishEnd(run, pod) }
        let wasReady = run.isReady
        for index in run.containers.indices {
            guard let due = run.containers[index].due, due.at <= now, run.endsAt == nil else { continue }
            run.containers[index].due = nil
            step(due.step, index, &run, pod)
        }
        if run.isReady != wasReady { run.readySince = now }
        keep(run, pod.json)
    }

    /// Remembers the run, writes the status where it changed, and asks to be called when the next thing is due.
    func keep(_ run: PodRun, _ pod: SimJSON) {
        runs[run.key] = run
        let status = PodStatusWriter(run: run, spec: pod["spec"], previous: pod["status"], now: now).status
        _ = try? store.update("pods", run.key) { json in  // A pod that is gone needs no status.
            var json = json
            json["status"] = status
            return json
        }
        if let next = run.nextDue { timers.add(next, .kubelet(run.key)) }
    }

    private func step(_ step: ContainerRun.Step, _ index: Int, _ run: inout PodRun, _ pod: StoredObject) {
        let image = run.containers[index].image
        switch step {
        case .pull, .retryPull: pull(index, &run, pod)
        case .failPull:
            let message =
                "Back-off pulling image \"\(image)\": ErrImagePull: rpc error: code = NotFound desc = failed to "
                + "pull and unpack image \"\(image)\": failed to resolve reference \"\(image)\": \(image): not found"
            run.containers[index].state = .waiting(reason: "ImagePullBackOff", message: message)
            record(pod, "BackOff", "Back-off pulling image \"\(image)\"", run, index, isWarning: false)
            record(pod, "Failed", "Error: ImagePullBackOff", run, index, isWarning: true)
            run.containers[index].due = (
                now.addingTimeInterval(run.containers[index].backOffSeconds), .retryPull
            )
            run.containers[index].backOffSeconds = min(300, run.containers[index].backOffSeconds * 2)
        case .start, .restart: start(index, &run, pod)
        case .becomeReady:
            run.containers[index].isReady = true
            planEnd(index, &run)
        case .exit(let code, let reason): exit(index, code, reason, &run, pod)
        case .backOff: backOff(index, &run, pod)
        }
    }

    func behaviour(_ container: ContainerRun, _ run: PodRun) -> ContainerBehaviour {
        if let known = behaviours.behaviour(ofImage: container.image + "#" + container.name) { return known }
        if container.role == .initial { return ContainerBehaviour(ending: .exits(after: 3, code: 0)) }
        if let known = behaviours.behaviour(ofImage: container.image) { return known }
        return run.restartPolicy == "Always" || container.role == .ephemeral ? .healthy : .completes
    }

    private func pull(_ index: Int, _ run: inout PodRun, _ pod: StoredObject) {
        let image = run.containers[index].image
        guard ImageReference(image) != nil else { return refuseImage(index, &run, pod) }
        guard behaviour(run.containers[index], run).isPullable else {
            record(pod, "Pulling", "Pulling image \"\(image)\"", run, index, isWarning: false)
            let problem =
                "failed to pull and unpack image \"\(image)\": failed to resolve reference \"\(image)\": "
                + "\(image): not found"
            record(
                pod, "Failed", "Failed to pull image \"\(image)\": rpc error: code = NotFound desc = \(problem)", run,
                index, isWarning: true)
            record(pod, "Failed", "Error: ErrImagePull", run, index, isWarning: true)
            run.containers[index].state = .waiting(
                reason: "ErrImagePull", message: "rpc error: code = NotFound desc = \(problem)")
            run.containers[index].due = (now.addingTimeInterval(delay(8, 14)), .failPull)
            if run.podIP == nil { run.podIP = takeAddress() }
            return
        }
        if images.insert("\(run.node)|\(image)").inserted {
            let seconds = delay(0.8, 3.5)
            record(pod, "Pulling", "Pulling image \"\(image)\"", run, index, isWarning: false)
            let text = String(format: "%.3f", seconds)
            record(
                pod, "Pulled",
                "Successfully pulled image \"\(image)\" in \(text)s (\(text)s including waiting). Image size: "
                    + "\(20_000_000 + StableHash.of(image) % 400_000_000) bytes.", run, index, isWarning: false)
            run.containers[index].due = (now.addingTimeInterval(seconds), .start)
        } else {
            record(
                pod, "Pulled", "Container image \"\(image)\" already present on machine", run, index, isWarning: false)
            run.containers[index].due = (now.addingTimeInterval(delay(0.2, 0.6)), .start)
        }
    }

    /// What is no name of an image cannot be asked for.
    private func refuseImage(_ index: Int, _ run: inout PodRun, _ pod: StoredObject) {
        let image = run.containers[index].image
        let why = "couldn't parse image name \"\(image)\": invalid reference format"
        record(
            pod, "InspectFailed", "Failed to apply default image tag \"\(image)\": \(why)", run, index, isWarning: true)
        record(pod, "Failed", "Error: InvalidImageName", run, index, isWarning: true)
        run.containers[index].state = .waiting(
            reason: "InvalidImageName", message: "Failed to apply default image tag \"\(image)\": \(why)")
    }

    private func start(_ index: Int, _ run: inout PodRun, _ pod: StoredObject) {
        if run.podIP == nil { run.podIP = takeAddress() }
        var container = run.containers[index]
        if case .terminated(let end) = container.state { container.last = end }
        if container.last != nil { container.restarts += 1 }
        container.id = generator.hex(64)
        container.state = .running(since: now)
        container.isReady = false
        let behaviour = behaviour(container, run)
        run.containers[index] = container
        record(pod, "Created", "Created container: \(container.name)", run, index, isWarning: false)
        record(pod, "Started", "Started container \(container.name)", run, index, isWarning: false)
        noteStart(container, run, pod.json)
        if container.role != .initial, container.role != .ephemeral, let ready = behaviour.readyAfter {
            run.containers[index].due = (now.addingTimeInterval(ready), .becomeReady)
        } else {
            planEnd(index, &run)
        }
    }

    /// When a container will end, counted from its start.
    func planEnd(_ index: Int, _ run: inout PodRun) {
        guard case .running(let since) = run.containers[index].state else { return }
        switch behaviour(run.containers[index], run).ending {
        case .runsOn: run.containers[index].due = nil
        case .exits(let after, let code):
            let at = max(now, since.addingTimeInterval(after * delay(0.8, 1.2)))
            run.containers[index].due = (at, .exit(code: code, reason: code == 0 ? "Completed" : "Error"))
        case .outOfMemory(let after):
            let at = max(now, since.addingTimeInterval(after * delay(0.8, 1.2)))
            run.containers[index].due = (at, .exit(code: 137, reason: "OOMKilled"))
        }
    }

    private func exit(_ index: Int, _ code: Int, _ reason: String, _ run: inout PodRun, _ pod: StoredObject) {
        guard case .running(let since) = run.containers[index].state else { return }
        let container = run.containers[index]
        run.containers[index].state = .terminated(
            ContainerRun.Termination(
                code: code, reason: reason, startedAt: since, finishedAt: now, id: container.id ?? ""))
        run.containers[index].isReady = false
        ledger.ended(
            cluster: cluster, namespace: run.key.namespace, pod: run.key.name, container: container.name, at: now,
            reason == "OOMKilled" ? .outOfMemory : code == 0 ? .completed : .error(exitCode: code))
        if code == 0, container.role == .initial { return startNext(&run) }
        guard container.role != .ephemeral else { return }
        guard
            run.restartPolicy == "Always" || (run.restartPolicy == "OnFailure" && code != 0)
                || (container.role == .initial && run.restartPolicy != "Never")
        else { return }
        // Long good service earns a fresh start.
        if now.timeIntervalSince(since) > 600 { run.containers[index].backOffSeconds = 10 }
        let isFirst = container.restarts == 0
        run.containers[index].due = (now.addingTimeInterval(1), isFirst ? .restart : .backOff)
    }

    /// After an init container the next one, after the last the others.
    private func startNext(_ run: inout PodRun) {
        if let next = run.initial.first(where: { !run.containers[$0].hasSucceeded }) {
            run.containers[next].due = (now.addingTimeInterval(0.3), .pull)
            return
        }
        run.initializedAt = now
        for index in run.others { run.containers[index].due = (now.addingTimeInterval(delay(0.2, 0.5)), .pull) }
    }

    private func backOff(_ index: Int, _ run: inout PodRun, _ pod: StoredObject) {
        var container = run.containers[index]
        guard case .terminated(let end) = container.state else { return }
        container.last = end
        let seconds = Int(container.backOffSeconds)
        let span = seconds >= 60 ? "\(seconds / 60)m\(seconds % 60)s" : "\(seconds)s"
        let owner = "\(run.key.name)_\(run.key.namespace)(\(run.uid))"
        container.state = .waiting(
            reason: "CrashLoopBackOff",
            message: "back-off \(span) restarting failed container=\(container.name) pod=\(owner)")
        container.due = (now.addingTimeInterval(container.backOffSeconds), .restart)
        container.backOffSeconds = min(300, container.backOffSeconds * 2)
        run.containers[index] = container
        record(
            pod, "BackOff", "Back-off restarting failed container \(container.name) in pod \(owner)", run, index,
            isWarning: true)
    }

    func noteStart(_ container: ContainerRun, _ run: PodRun, _ pod: SimJSON) {
        guard case .running(let since) = container.state else { return }
        ledger.started(simContainer(container, run, pod, startedAt: since, restarts: container.restarts))
    }

    func simContainer(
        _ container: ContainerRun, _ run: PodRun, _ pod: SimJSON, startedAt: Date, restarts: Int
    ) -> SimContainer {
        var labels: [String: String] = [:]
        for label in pod["metadata"]["labels"].members { labels[label.key] = label.value.stringValue }
        let entry = directory.entry(
            namespace: run.key.namespace, app: labels["app"] ?? "", container: container.name)
        return SimContainer(
            cluster: cluster, namespace: run.key.namespace, pod: run.key.name, podUID: run.uid, name: container.name,
            id: container.id ?? "", image: container.image, node: run.node, labels: labels, profile: entry.profile,
            linesPerSecond: entry.linesPerSecond, restartCount: restarts, startedAt: startedAt)
    }

    private func beginEnd(of pod: StoredObject) {
        guard var run = runs[pod.key] else { return }
        let grace = Double(pod.json["metadata"]["deletionGracePeriodSeconds"].intValue ?? 30)
        let isStubborn = run.containers.contains { $0.isRunning && behaviour($0, run).ignoresTermination }
        run.endsAt = now.addingTimeInterval(isStubborn ? grace : min(grace, delay(0.8, 2.5)))
        for index in run.containers.indices where run.containers[index].isRunning {
            record(pod, "Killing", "Stopping container \(run.containers[index].name)", run, index, isWarning: false)
        }
        runs[pod.key] = run
        timers.add(run.endsAt ?? now, .kubelet(pod.key))
    }

    /// Somebody deleted it again, with less patience.
    private func hastenEnd(of pod: StoredObject) {
        guard var run = runs[pod.key], let end = run.endsAt,
            let deadline = KubeTime.seconds(pod.json["metadata"]["deletionTimestamp"].stringValue)
        else { return }
        let sooner = Date(timeIntervalSince1970: deadline)
        guard sooner < end.addingTimeInterval(-1) else { return }
        run.endsAt = max(now, sooner)
        runs[pod.key] = run
        timers.add(run.endsAt ?? now, .kubelet(pod.key))
    }

    /// The containers have ended: the kubelet writes it once and lets the pod go.
    private func finishEnd(_ run: PodRun, _ pod: StoredObject) {
        var run = run
        for index in run.containers.indices {
            guard case .running(let since) = run.containers[index].state else { continue }
            let wasKilled = behaviour(run.containers[index], run).ignoresTermination
            run.containers[index].state = .terminated(
                ContainerRun.Termination(
                    code: wasKilled ? 137 : 0, reason: wasKilled ? "Error" : "Completed", startedAt: since,
                    finishedAt: now, id: run.containers[index].id ?? ""))
            run.containers[index].isReady = false
            run.containers[index].due = nil
            ledger.ended(
                cluster: cluster, namespace: run.key.namespace, pod: run.key.name,
                container: run.containers[index].name,
                at: now, .terminated)
        }
        run.readySince = now
        keep(run, pod.json)
        remove(pod)
    }

    private func remove(_ pod: StoredObject) {
        runs[pod.key] = nil
        let after = try? store.update("pods", pod.key) { json in  // Somebody else may have been faster.
            guard !json["metadata"]["finalizers"].items.isEmpty else { return nil }
            var json = json
            json["metadata"]["deletionGracePeriodSeconds"] = 0
            return json
        }
        guard let after, after.json["metadata"]["finalizers"].items.isEmpty else { return }
        _ = try? store.remove("pods", pod.key)  // Somebody else may have been faster.
    }
}
