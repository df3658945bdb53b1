import Foundation
import Testing

@testable import Simulator

@Suite("Port-forward and attach answer as a real server's recordings", .timeLimit(.minutes(2)))
struct KubernetesSimulatorForwardTests {
    private static let path = "/api/v1/namespaces/odd/pods/running-ok/portforward"

    @Test(
        "what a forward sends is what was recorded, byte for byte",
        arguments: ["ws-portforward-v4", "ws-portforward-tunnel-handshake"])
    func bytes(name: String) async throws {
        let recording = try StreamRecording(name)
        let client = try await StreamServer.run { try Answer($0.replay(recording)) }
        #expect(client.statusLine == "HTTP/1.1 101 Switching Protocols")
        #expect(client.protocolName == recording.responseHeaders.last)
        #expect(client.received == recording.serverBytes)
    }

    @Test("a port where nobody listens is told of on its error channel, and the other port works on")
    func refused() async throws {
        let client = try await StreamServer.run { server in
            let client = try server.connect("\(Self.path)?ports=9999&ports=8080", protocol: "v4.channel.k8s.io")
            client.read(channel: 1, until: "refused")
            client.send(channel: 2, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
            client.readToEnd()
            return try Answer(client)
        }
        #expect(client.channels[0] == [0x0f, 0x27])
        let problem = String(decoding: client.channels[1]?.dropFirst(2) ?? [], as: UTF8.self)
        #expect(problem.hasPrefix("error forwarding port 9999 to pod "))
        #expect(
            problem.hasSuffix(
                "IPv4: dial tcp4 127.0.0.1:9999: connect: connection refused "
                    + "IPv6 dial tcp6 [::1]:9999: connect: connection refused "))
        #expect(client.channels[3] == [0x90, 0x1f])
        let answer = String(decoding: client.channels[2]?.dropFirst(2) ?? [], as: UTF8.self)
        #expect(answer.hasSuffix("hello from pod odd/running-ok port 8080: GET / (0 body bytes)\n"))
        #expect(client.received.suffix(4).elementsEqual([0x88, 0x02, 0x03, 0xe8]))
    }

    @Test("a megabyte comes back from the echo port whole")
    func echo() async throws {
        let sent = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
        let received = try await StreamServer.run { server in
            let client = try server.connect("\(Self.path)?ports=7", protocol: "v4.channel.k8s.io")
            client.read(channel: 0, atLeast: 2)
            for start in stride(from: 0, to: sent.count, by: 50_000) {
                client.send([0] + sent[start..<start + 50_000])
                client.read(channel: 0, atLeast: start + 50_002)
            }
            return client.bytes(channel: 0)
        }
        #expect(received.dropFirst(2).elementsEqual(sent))
    }

    @Test(
        "ports that are none are refused in the kubelet's words",
        arguments: [
            ("", "query parameter \"port\" is required\n"),
            ("?ports=x", "unable to parse \"x\" as a port: invalid syntax\n"),
            ("?ports=0", "port \"0\" must be > 0\n"),
        ])
    func badPorts(query: String, words: String) async throws {
        let client = try await StreamServer.run {
            try Answer($0.connect(Self.path + query, protocol: "v4.channel.k8s.io"), reads: words.utf8.count)
        }
        #expect(client.statusLine == "HTTP/1.1 400 Bad Request")
        #expect(String(decoding: client.received, as: UTF8.self) == words)
    }

    @Test("a pod that is deleted ends its forwards")
    func deleted() async throws {
        let client = try await StreamServer.run { server in
            let client = try server.connect("\(Self.path)?ports=8080", protocol: "v4.channel.k8s.io")
            client.read(channel: 1, atLeast: 2)
            try server.store.remove("pods", ObjectKey("odd", "running-ok"))
            client.readToEnd()
            return try Answer(client)
        }
        #expect(client.received.suffix(4).elementsEqual([0x88, 0x02, 0x03, 0xe8]))
    }

    @Test("an attached client hears the answers to what it types, and its close is answered")
    func attach() async throws {
        let client = try await StreamServer.run { server in
            let path = "/api/v1/namespaces/odd/pods/running-ok/attach?container=app&stdin=true&stdout=true"
            let client = try server.connect(path)
            client.send(channel: 0, "typed\n")
            client.read(until: "typed")
            client.send(opcode: 8, [0x03, 0xe8])
            client.readToEnd()
            return try Answer(client)
        }
        #expect(client.channels[1] == Array("stdin: typed\r\n".utf8))
        #expect(client.received.prefix(3).elementsEqual([0x82, 0x01, 0x01]))
        #expect(client.received.suffix(4).elementsEqual([0x88, 0x02, 0x03, 0xe8]))
    }

    @Test("who attaches to a debug container's shell is at its terminal, and finds it again as it was left")
    func attachToShell() async throws {
        let path = "/api/v1/namespaces/odd/pods/debug/attach?container=app&stdin=true&stdout=true&tty=true"
        let (first, second) = try await StreamServer.run { server in
            let first = try server.connect(path)
            first.read(until: "debug# ")
            first.send([4] + Array(#"{"Width":100,"Height":30}"#.utf8))
            first.send(channel: 0, "x=kept; stty size\r")
            first.read(until: "30 100\r\ndebug# ")
            first.send(opcode: 8, [0x03, 0xe8])
            first.readToEnd()
            let second = try server.connect(path)
            second.send(channel: 0, "echo $x; exit\r")
            second.readToEnd()
            return (try Answer(first), try Answer(second))
        }
        #expect(
            String(decoding: first.channels[1] ?? [], as: UTF8.self)
                == "debug# x=kept; stty size\r\n30 100\r\ndebug# ")
        #expect(String(decoding: second.channels[1] ?? [], as: UTF8.self) == "echo $x; exit\r\nkept\r\n")
        #expect(second.channels[3] == Array(#"{"metadata":{},"status":"Success"}"#.utf8))
    }
}
