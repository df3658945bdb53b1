import Foundation

extension KubernetesServer {
    /// Exec, attach and port-forward; nil for every other request.
    func streamAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse? {
        guard request.resource.plural == "pods", let kind = request.path.subresource.flatMap(StreamKind.init) else {
            return nil
        }
        guard ["GET", "POST"].contains(request.http.method) else { throw .methodNotAllowed }
        let (namespace, name) = (request.path.namespace ?? "", request.path.name ?? "")
        guard let pod = store.get("pods", namespace, name) else { throw .notFound(request.resource, name) }
        var target = StreamTarget(kind: kind, pod: pod, options: ExecOptions(request.http))
        if kind != .forward {
            target.container = try ContainerChoice(request.http.parameter("container"), of: pod.json, name).name
        }
        guard let node = pod.json["spec"]["nodeName"].stringValue, !node.isEmpty else {
            throw .badRequest("pod \(name) does not have a host assigned")
        }
        target.silentKubelet = silentKubelet(of: node)
        switch request.http.header("upgrade")?.lowercased() {
        case "websocket": break
        case "spdy/3.1": return try spdyAnswer(request.http, target)
        default: throw .badRequest("Upgrade request required")
        }
        if kind == .forward { return try forwardAnswer(request.http, target) }
        guard let streamProtocol = StreamProtocol.negotiated(request.http, forForward: false) else {
            return Self.unknownProtocol
        }
        return try execAnswer(target, streamProtocol)
    }

    static var unknownProtocol: SimResponse { SimResponse(status: 403, headers: [("Connection", "close")]) }

    private func execAnswer(_ target: StreamTarget, _ streamProtocol: StreamProtocol) throws(APIStatus) -> SimResponse {
        if !streamProtocol.isTranslated {
            // Here the API server only passes bytes on: what the kubelet refuses is refused before the upgrade.
            if let address = target.silentKubelet { throw .noBackend(address) }
            guard target.options.hasStreams else {
                return .text("you must specify at least 1 of stdin, stdout, stderr\n", status: 400)
            }
        }
        let session = ExecSession(runtime: runtime, target: target)
        let upgrade = ConnectionUpgrade(headers: [("Sec-WebSocket-Protocol", streamProtocol.name)]) { connection in
            await session.run(ChannelConnection(connection, streamProtocol))
        }
        return SimResponse(upgrade: upgrade)
    }

    /// The address of a node whose kubelet does not answer.
    private func silentKubelet(of node: String) -> String? {
        guard let machine = store.get("nodes", "", node)?.json else { return nil }
        guard machine.condition("Ready")["status"].stringValue != "True" else { return nil }
        let port = machine["status"]["daemonEndpoints"]["kubeletEndpoint"]["Port"].intValue ?? 10_250
        return (machine["status"]["addresses"][0]["address"].stringValue ?? node) + ":\(port)"
    }
}

/// The three subresources that leave HTTP.
enum StreamKind: String, Sendable {
    case exec, attach
    case forward = "portforward"
}

/// Where a stream leads.
struct StreamTarget: Sendable {
    var kind: StreamKind
    var pod: StoredObject
    var container = ""
    var options: ExecOptions
    /// The address of the kubelet where nobody answers.
    var silentKubelet: String?

    /// What the API server says of a kubelet that does not answer.
    var connectionRefused: String? {
        guard let silentKubelet else { return nil }
        let path = "\(kind.rawValue)/\(pod.key.namespace)/\(pod.key.name)/\(container)"
        return "error sending request: Post \"https://\(silentKubelet)/\(path)?\(options.kubeletQuery)\": "
            + "dial tcp \(silentKubelet): connect: connection refused"
    }
}

extension APIStatus {
    static func noBackend(_ address: String) -> APIStatus {
        APIStatus(code: 500, message: "error dialing backend: dial tcp \(address): connect: connection refused")
    }
}
