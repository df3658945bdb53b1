import Foundation

extension KubernetesServer {
    /// The log of a container, as the kubelet of its node gives it.
    func logAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse {
        guard request.http.method == "GET" else { throw .methodNotAllowed }
        let (namespace, name) = (request.path.namespace ?? "", request.path.name ?? "")
        guard let pod = store.get("pods", namespace, name) else { throw .notFound(request.resource, name) }
        let options = try LogOptions(request.http, pod: name, now: clock.now)
        let container = try container(options, of: pod.json, name)
        guard let node = pod.json["spec"]["nodeName"].stringValue else {
            return SimResponse(status: 204, headers: [("Cache-Control", "no-cache, private")])
        }
        try checkKubelet(node, namespace, name, container)
        let run = try run(options, of: pod, container)
        let stream = LogStream(logs: logs, clock: clock, run: run, options: options)
        return SimResponse(
            type: "text/plain", headers: [("Cache-Control", "no-cache, private")], stream: { try await stream.next() })
    }

    private func container(_ options: LogOptions, of pod: SimJSON, _ name: String) throws(APIStatus) -> String {
        let spec = pod["spec"]
        let main = spec["containers"].items.compactMap { $0["name"].stringValue }
        let initial = spec["initContainers"].items.compactMap { $0["name"].stringValue }
        if let wanted = options.container {
            guard main.contains(wanted) || initial.contains(wanted) else {
                throw .badRequest("container \(wanted) is not valid for pod \(name)")
            }
            return wanted
        }
        if main.count == 1 { return main[0] }
        let chosen = pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"].stringValue
        if let chosen, main.contains(chosen) { return chosen }
        var choice = "choose one of: [\(main.joined(separator: " "))]"
        if !initial.isEmpty { choice += " or one of the init containers: [\(initial.joined(separator: " "))]" }
        throw .badRequest("a container name must be specified for pod \(name), \(choice)")
    }

    /// A node that lost its kubelet answers nobody.
    private func checkKubelet(_ node: String, _ namespace: String, _ pod: String, _ container: String) throws(APIStatus)
    {
        guard let machine = store.get("nodes", "", node)?.json else { return }
        guard machine.condition("Ready")["status"].stringValue != "True" else { return }
        let address = machine["status"]["addresses"][0]["address"].stringValue ?? node
        throw APIStatus(
            code: 500,
            message: "Get \"https://\(address):10250/containerLogs/\(namespace)/\(pod)/\(container)\": "
                + "dial tcp \(address):10250: connect: connection refused")
    }

    private func run(_ options: LogOptions, of pod: StoredObject, _ container: String) throws(APIStatus) -> SimContainer
    {
        let run = logs.run(
            namespace: pod.key.namespace, pod: pod.key.name, uid: pod.uid, container: container,
            previous: options.isPrevious)
        if let run { return run }
        guard !options.isPrevious else {
            throw .badRequest("previous terminated container \"\(container)\" in pod \"\(pod.key.name)\" not found\n")
        }
        let status = pod.json["status"]
        let states = status["initContainerStatuses"].items + status["containerStatuses"].items
        let state = states.first { $0["name"].stringValue == container } ?? .null
        var reason = state["state"]["waiting"]["reason"].stringValue ?? "ContainerCreating"
        if ["ImagePullBackOff", "ErrImagePull"].contains(reason) { reason = "trying and failing to pull image" }
        throw .badRequest("container \"\(container)\" in pod \"\(pod.key.name)\" is waiting to start: \(reason)\n")
    }
}
