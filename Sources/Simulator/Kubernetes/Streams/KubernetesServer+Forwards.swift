import Foundation

extension KubernetesServer {
    func forwardAnswer(_ request: SimRequest, _ target: StreamTarget) throws(APIStatus) -> SimResponse {
        let offers = StreamProtocol.offers(request)
        let isTunnel = offers.contains(StreamProtocol.tunnel.name)
        guard let streamProtocol = isTunnel ? .tunnel : StreamProtocol.negotiated(request, forForward: true) else {
            return Self.unknownProtocol
        }
        if let address = target.silentKubelet { throw .noBackend(address) }
        let (runtime, pod) = (runtime, target.pod)
        let headers = [(name: "Sec-WebSocket-Protocol", value: streamProtocol.name)]
        if isTunnel {
            return SimResponse(
                upgrade: ConnectionUpgrade(headers: headers) { connection in
                    await TunnelSession(runtime: runtime, pod: pod).run(ChannelConnection(connection, streamProtocol))
                })
        }
        let texts = request.query.filter { $0.name == "ports" }.flatMap { $0.value.split(separator: ",") }
        guard !texts.isEmpty else { return .text("query parameter \"port\" is required\n", status: 400) }
        var ports: [Int] = []
        for text in texts {
            guard let port = Int(text), (0...65_535).contains(port) else {
                return .text("unable to parse \"\(text)\" as a port: invalid syntax\n", status: 400)
            }
            guard port > 0 else { return .text("port \"\(text)\" must be > 0\n", status: 400) }
            ports.append(port)
        }
        guard ports.count <= 64 else { return .text("too many ports\n", status: 400) }
        let session = ForwardSession(runtime: runtime, pod: pod, ports: ports)
        return SimResponse(
            upgrade: ConnectionUpgrade(headers: headers) { connection in
                await session.run(ChannelConnection(connection, streamProtocol))
            })
    }
}
