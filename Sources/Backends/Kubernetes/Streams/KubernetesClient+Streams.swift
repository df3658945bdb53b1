import HTTP

/// Connections into containers. The client must be one that the guard lets through: others are refused by their transport.
extension KubernetesClient {
    /// Runs a process, or joins the container's own. Returns when the server has agreed; that a program does not exist is
    /// told later, as its end.
    public func process(_ request: ProcessRequest) async throws -> ContainerProcess {
        let path = request.path
        return ContainerProcess(try await webSocket(path, ContainerProcess.protocols), path: path)
    }

    /// Connects to one port of a pod.
    public func port(_ port: Int, ofPod pod: String, in namespace: String) async throws -> PortStream {
        let path = APIPath("api", "v1", "namespaces", namespace, "pods", pod, "portforward").asking("ports", "\(port)")
        return PortStream(try await webSocket(path, PortStream.protocols), port: port, path: path)
    }

    private func webSocket(_ path: APIPath, _ protocols: [String]) async throws -> any WebSocketConnection {
        let request = HTTPRequest(
            .get, connection.server + path.text, limits: HTTPLimits(answer: 30, bodyBytes: 1 << 20))
        let opening = try await reaching(path) { try await transport.webSocket(request, protocols: protocols) }
        switch opening {
        case .open(let webSocket): return webSocket
        case .refused(let answer): throw refusal(answer, path)
        }
    }

    /// A server or a proxy that knows no WebSocket answers without a `Status`.
    private func refusal(_ answer: HTTPResponse, _ path: APIPath) -> KubernetesError {
        let code = answer.status
        if code < 400 || (code == 403 || code == 400) && answer.body.isEmpty {
            return .status(
                code: code, reason: "",
                message:
                    "no WebSocket can be opened here: the server is older than Kubernetes 1.30, or a proxy on the way"
                    + " lets none through", target: path.path)
        }
        return Refusal.error(answer, target: path.path, now: pacer.now)
    }
}
