/// What listens inside a pod: its containers' ports answer HTTP, and every pod answers on the echo port.
struct PodNetwork: Sendable {
    /// Sends back what it gets (RFC 862).
    static let echoPort = 7

    let namespace: String
    let pod: String
    let ports: [Int]

    init(namespace: String, pod: String, ports: [Int]) {
        self.namespace = namespace
        self.pod = pod
        self.ports = ports
    }

    init(_ pod: StoredObject) {
        let containers = pod.json["spec"]["containers"].items
        self.init(
            namespace: pod.key.namespace, pod: pod.key.name,
            ports: containers.flatMap { $0["ports"].items.compactMap { $0["containerPort"].intValue } })
    }

    func listens(on port: Int) -> Bool { port == Self.echoPort || ports.contains(port) }

    /// Serves one connection to a port until one of its sides ends it.
    func serve(_ port: Int, input: any ByteSource, output: any ByteSink) async {
        do {
            if port == Self.echoPort {
                while let bytes = try await input.read(atMost: 1 << 16) { try await output.write(bytes) }
            } else {
                try await PodHTTP(network: self, port: port, output: output).serve(SharedInput(input))
            }
        } catch {
            // The other side is gone; there is nobody to tell.
        }
    }

    /// What the container runtime says of a port where nobody listens.
    func refusal(_ port: Int) -> String {
        var generator = SeededGenerator(seed: 1, "sandbox/\(namespace)/\(pod)")
        let (sandbox, network) = (generator.hex(64), generator.uuid())
        return
            "error forwarding port \(port) to pod \(sandbox), uid : failed to execute portforward in network namespace "
            + "\"/var/run/netns/cni-\(network)\": failed to connect to localhost:\(port) inside namespace \"\(sandbox)\", "
            + "IPv4: dial tcp4 127.0.0.1:\(port): connect: connection refused "
            + "IPv6 dial tcp6 [::1]:\(port): connect: connection refused "
    }
}
