import Foundation

@testable import Simulator

/// An API server on a socket with the pods of the recordings.
struct StreamServer {
    let server: LoopbackServer
    let url: URL
    let store: ClusterStore
    let api: KubernetesServer

    /// Starts one, lets the body use it on a thread that may block, and stops it.
    static func run<Value: Sendable>(
        clock: any SimulationClock = RealClock(), ledger: ContainerLedger = ContainerLedger(),
        _ body: @escaping @Sendable (StreamServer) throws -> Value
    ) async throws -> Value {
        let api = KubernetesFixtures.server(clock: clock, ledger: ledger)
        for pod in pods { try api.store.create("pods", pod) }
        for node in nodes { try api.store.create("nodes", node) }
        let server = try LoopbackServer(port: 0) { await api.handle($0) }
        let streams = StreamServer(server: server, url: try await server.start(), store: api.store, api: api)
        let result: Result<Value, any Error> = await withCheckedContinuation { continuation in
            Thread.detachNewThread { continuation.resume(returning: Result { try body(streams) }) }
        }
        await server.stop()
        return try result.get()
    }

    /// A client that asked for the target as admin.
    func connect(_ target: String, protocol name: String? = "v5.channel.k8s.io", user: String? = "admin") throws
        -> RawWebSocket
    {
        var headers = name.map { ["Sec-WebSocket-Protocol: \($0)"] } ?? []
        if let user { headers.append("Authorization: Bearer \(user)") }
        return try RawWebSocket(url, target, headers: headers)
    }

    /// An exec in the pod that runs.
    func exec(
        _ command: String..., container: String = "app", streams: String = "stdout=true&stderr=true",
        protocol name: String? = "v5.channel.k8s.io"
    ) throws -> RawWebSocket {
        let words = command.map { "command=" + ($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "") }
        let path = "/api/v1/namespaces/odd/pods/running-ok/exec"
        return try connect("\(path)?container=\(container)&\(words.joined(separator: "&"))&\(streams)", protocol: name)
    }

    /// Puts a recording's client before the server: it says the same, each thing after what the recorded one heard before.
    func replay(_ recording: StreamRecording) throws -> RawWebSocket {
        var headers = recording.headers.map {
            $0.replacing("bGFiLWFkbWluLXRva2VuLTAxMjM0NTY3ODlhYmNkZWY", with: "YWRtaW4")
        }
        if !headers.contains(where: { $0.contains("bearer") }) { headers.append("Authorization: Bearer admin") }
        let client = try RawWebSocket(url, recording.target, headers: headers)
        guard client.statusLine == "HTTP/1.1 101 Switching Protocols" else { return client }
        var expected: [UInt8: Int] = [:]
        for frame in recording.frames {
            if frame.isFromServer, frame.opcode == 8 { break }
            if frame.isFromServer {
                expected[frame.payload.first ?? 0, default: 0] += frame.payload.count - 1
            } else {
                for (channel, count) in expected { client.read(channel: channel, atLeast: count) }
                client.send(opcode: UInt8(frame.opcode), frame.payload)
            }
        }
        client.readToEnd()
        return client
    }
}

extension StreamServer {
    static func pod(
        _ name: String, containers: [SimJSON] = [["name": "app", "image": "registry.example/app:1"]],
        node: String = "node-1",
        phase: String = "Running"
    ) -> SimJSON {
        let states: [SimJSON] = containers.map {
            let name = $0["name"]
            let state: SimJSON =
                phase == "Running"
                ? ["running": ["startedAt": "2027-01-15T08:00:00Z"]] : ["terminated": ["exitCode": 0]]
            return ["name": name, "state": state, "containerID": .string("containerd://\(name.stringValue ?? "")-1")]
        }
        return [
            "metadata": Manifest.metadata(name: name, namespace: "odd", createdAt: KubernetesFixtures.now),
            "spec": ["nodeName": .string(node), "containers": .array(containers)],
            "status": ["phase": .string(phase), "podIP": "10.128.0.9", "containerStatuses": .array(states)],
        ]
    }

    private static let pods: [SimJSON] = [
        pod(
            "running-ok",
            containers: [
                [
                    "name": "app", "image": "registry.example/app:1", "stdin": true, "tty": true,
                    "ports": [["containerPort": 8080]],
                ]
            ]),
        pod("completed", phase: "Succeeded"), pod("kubelet-down", node: "node-lost"),
        pod("bare", containers: [["name": "app", "image": "registry.k8s.io/bare:1"]]),
        pod(
            "debug",
            containers: [["name": "app", "image": "docker.io/library/busybox:1.36", "stdin": true, "tty": true]]),
        pod("two", containers: [["name": "app", "image": "a:1"], ["name": "envoy", "image": "b:1"]]),
    ]

    private static let nodes: [SimJSON] = [
        node("node-1", isReady: "True", address: "10.0.0.1", port: 10_250),
        node("node-lost", isReady: "Unknown", address: "127.0.0.1", port: 10_299),
    ]

    private static func node(_ name: String, isReady: String, address: String, port: Int) -> SimJSON {
        [
            "metadata": ["name": .string(name)],
            "status": [
                "conditions": [["type": "Ready", "status": .string(isReady)]],
                "addresses": [["type": "InternalIP", "address": .string(address)]],
                "daemonEndpoints": ["kubeletEndpoint": ["Port": .int(port)]],
            ],
        ]
    }
}
