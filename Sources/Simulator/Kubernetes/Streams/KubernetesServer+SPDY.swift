import Foundation

extension KubernetesServer {
    /// Exec, attach and port-forward for clients that speak SPDY without a WebSocket around it.
    func spdyAnswer(_ request: SimRequest, _ target: StreamTarget) throws(APIStatus) -> SimResponse {
        if let address = target.silentKubelet { throw .noBackend(address) }
        let accepted = target.kind == .forward ? "portforward.k8s.io" : "v4.channel.k8s.io"
        let offers = (request.header("x-stream-protocol-version") ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        // Clients name what they speak in one field each, newest first, and FlyingFox keeps the last of equal fields: who
        // names the oldest has named the newer ones before it.
        guard offers.contains(accepted) || target.kind != .forward && offers.contains("channel.k8s.io") else {
            return .text(
                "unable to upgrade: unable to negotiate protocol: client supports [\(offers.joined(separator: " "))], "
                    + "server accepts [\(accepted)]\n", status: 403)
        }
        guard target.kind == .forward || target.options.hasStreams else {
            return .text("you must specify at least 1 of stdin, stdout, stderr\n", status: 400)
        }
        let (runtime, fields) = (runtime, [(name: "X-Stream-Protocol-Version", value: accepted)])
        let upgrade = ConnectionUpgrade(protocolName: "SPDY/3.1", headers: fields) { connection in
            await SPDYTransport(connection: connection).run { input, write in
                if target.kind == .forward {
                    await TunnelSession(runtime: runtime, pod: target.pod).serveWhilePodLives(input, write: write)
                } else {
                    await SPDYExec(session: ExecSession(runtime: runtime, target: target)).run(input, write: write)
                }
            }
        }
        return SimResponse(upgrade: upgrade)
    }
}
