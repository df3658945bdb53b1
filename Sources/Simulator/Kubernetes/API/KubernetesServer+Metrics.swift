import Foundation

extension KubernetesServer {
    /// metrics.k8s.io: the newest readings of nodes and pods. There are no tables and no watches of it.
    func metricsAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse {
        guard request.http.method == "GET", !request.options.isWatch else { throw .methodNotAllowed }
        let isNodes = request.resource.plural == "nodes"
        if let name = request.path.name {
            guard let object = store.get(request.resource.plural, request.path.namespace ?? "", name),
                let reading = isNodes ? nodeReading(object, podsByNode()) : podReading(object)
            else { throw .notFound(request.resource, name) }
            return .json(reading)
        }
        let objects = store.all(request.resource.plural, namespace: request.path.namespace)
            .filter { object in request.options.labels.map { $0.matches(object.labels) } ?? true }
        let pods = isNodes ? podsByNode() : [:]
        let items = objects.compactMap { isNodes ? nodeReading($0, pods) : podReading($0) }
        return .json([
            "kind": .string("\(request.resource.kind)List"), "apiVersion": "metrics.k8s.io/v1beta1",
            "metadata": .emptyObject, "items": .array(items),
        ])
    }

    private var readingTime: Date {
        let seconds = clock.now.timeIntervalSince1970
        return Date(timeIntervalSince1970: seconds - seconds.truncatingRemainder(dividingBy: ContainerMetrics.window))
    }

    private func reading(_ kind: String, _ object: StoredObject) -> SimJSON {
        let metadata = SimJSON.object(
            SimObject([
                ("name", .string(object.key.name)),
                ("namespace", object.key.namespace.isEmpty ? .null : .string(object.key.namespace)),
                ("creationTimestamp", .string(KubeTime.text(clock.now))), ("labels", object.labels),
            ])
        ).withoutNulls
        return [
            "kind": .string(kind), "apiVersion": "metrics.k8s.io/v1beta1", "metadata": metadata,
            "timestamp": .string(KubeTime.text(readingTime)), "window": "15.049s",
        ]
    }

    private static func amounts(_ cpuNano: Int, _ memoryKiB: Int) -> SimJSON {
        ["cpu": .string("\(cpuNano)n"), "memory": .string("\(memoryKiB)Ki")]
    }

    /// Only pods that run have a reading.
    private func podReading(_ pod: StoredObject) -> SimJSON? {
        let running = pod.json["status"]["containerStatuses"].items.filter { !$0["state"]["running"].isNull }
        guard !running.isEmpty else { return nil }
        var json = reading("PodMetrics", pod)
        json["containers"] = .array(
            running.map { status in
                let name = status["name"].stringValue ?? ""
                let use = metrics.usage(of: pod.json, container: name, at: clock.now)
                return ["name": .string(name), "usage": Self.amounts(use.cpuNano, use.memoryKiB)]
            })
        return json
    }

    private func podsByNode() -> [String: [StoredObject]] {
        Dictionary(grouping: store.all("pods")) { $0.json["spec"]["nodeName"].stringValue ?? "" }
    }

    /// What its pods use and what the system takes besides.
    private func nodeReading(_ node: StoredObject, _ pods: [String: [StoredObject]]) -> SimJSON? {
        guard node.json.condition("Ready")["status"].stringValue == "True" else { return nil }
        var (cpu, memory) = (180_000_000, 900 * 1024)
        for pod in pods[node.key.name] ?? [] {
            for status in pod.json["status"]["containerStatuses"].items where !status["state"]["running"].isNull {
                let use = metrics.usage(of: pod.json, container: status["name"].stringValue ?? "", at: clock.now)
                cpu += use.cpuNano
                memory += use.memoryKiB
            }
        }
        var json = reading("NodeMetrics", node)
        json["usage"] = Self.amounts(cpu, memory)
        return json
    }
}
