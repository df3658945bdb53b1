import Foundation
import Testing

@testable import Simulator

@Suite("Streams that are large, slow, cut or ended from outside", .timeLimit(.minutes(2)))
struct KubernetesSimulatorStreamLimitTests {
    @Test("a hundred megabytes come through whole")
    func large() async throws {
        let (count, status) = try await StreamServer.run { server in
            let client = try server.exec("cat", "/data/large.bin", streams: "stdout=true")
            var count = 0
            client.drain { channel, bytes in if channel == 1 { count += bytes } }
            return (count, client.lastStatus)
        }
        #expect(count == 100 << 20)
        #expect(status == #"{"metadata":{},"status":"Success"}"#)
    }

    @Test("a client that stops reading stops the writer, and costs no memory")
    func stalled() async throws {
        let grown = try await StreamServer.run { server in
            let client = try server.exec("yes", streams: "stdout=true")
            client.read(channel: 1, atLeast: 1000)
            let before = Memory.resident()
            var after = before
            // The kernel's buffers fill first; then nothing moves any more, however long others are served.
            for _ in 0..<30 {
                let other = try server.exec("head", "-c", "1000000", "/data/large.bin")
                other.readToEnd()
                after = max(after, Memory.resident())
            }
            return after - before
        }
        #expect(grown < 64 << 20)
    }

    @Test("input that is sent at once reaches a program whole, and its end with it")
    func input() async throws {
        let client = try await StreamServer.run { server in
            let client = try server.exec("wc", "-c", streams: "stdin=true&stdout=true")
            client.send([0] + [UInt8](repeating: 0x78, count: 1_000_000))
            client.send([255, 0])
            client.readToEnd()
            return try Answer(client)
        }
        #expect(client.channels[1] == Array("1000000\n".utf8))
    }

    @Test("a client that goes away behind unread input takes its process with it")
    func gone() async throws {
        let left = try await StreamServer.run { server in
            var client: RawWebSocket? = try server.exec("sleep", "1000000", streams: "stdin=true&stdout=true")
            client?.read()
            client?.send([0] + [UInt8](repeating: 0x78, count: 1_000_000))
            client = nil
            while server.api.runtime.streamCount > 0 { try server.exec("true").readToEnd() }
            return server.api.runtime.streamCount
        }
        #expect(left == 0)
    }

    @Test("one message in many frames is one message, and a ping between them is answered")
    func fragments() async throws {
        let client = try await StreamServer.run { server in
            let client = try server.exec("cat", streams: "stdin=true&stdout=true")
            client.sendBytes(RawWebSocket.frame(opcode: 2, isFinal: false, [0] + Array("on".utf8)))
            client.sendBytes(RawWebSocket.frame(opcode: 9, Array("still there?".utf8)))
            client.sendBytes(RawWebSocket.frame(opcode: 0, Array("e\n".utf8)))
            client.send([255, 0])
            client.readToEnd()
            return (try Answer(client), client.frames.first { $0.opcode == 10 }?.payload)
        }
        #expect(client.0.channels[1] == Array("one\n".utf8))
        #expect(client.1 == Array("still there?".utf8))
    }

    @Test("the base64 protocols carry the same")
    func base64() async throws {
        let texts = try await StreamServer.run { server in
            let client = try server.exec("echo", "hi", streams: "stdout=true", protocol: "v4.base64.channel.k8s.io")
            client.readToEnd()
            return client.frames.filter { $0.opcode == 1 }.map { String(decoding: $0.payload, as: UTF8.self) }
        }
        #expect(texts == ["1", "1aGkK", "3eyJzdGF0dXMiOiJTdWNjZXNzIn0="])
    }

    @Test("a container that ends takes its processes with it: 137")
    func killed() async throws {
        let client = try await StreamServer.run { server in
            let client = try server.exec("sh", "-c", "echo up; sleep 60", streams: "stdout=true")
            client.read(until: "up")
            try server.store.remove("pods", ObjectKey("odd", "running-ok"))
            client.readToEnd()
            return try Answer(client)
        }
        let status = String(decoding: client.channels[3] ?? [], as: UTF8.self)
        #expect(
            status.contains(
                #""message":"command terminated with non-zero exit code: command terminated with exit code 137""#))
    }

    @Test("bytes that are no frames end the connection, and the server lives on")
    func noise() async throws {
        let after = try await StreamServer.run { server in
            let client = try server.exec("cat", streams: "stdin=true&stdout=true")
            client.sendBytes([0xff, 0xff, 0xff, 0xff, 0x00, 0x01])
            client.readToEnd()
            let next = try server.exec("echo", "well")
            next.readToEnd()
            return next.text(channel: 1)
        }
        #expect(after == "well\n")
    }

    @Test("a fault cuts a stream in the middle of a frame")
    func cut() async throws {
        let received = try await StreamServer.run { server in
            server.server.faults.add(
                FaultRule(.cut(afterBytes: 5000), path: "/api/v1/namespaces/odd/pods/running-ok/exec"))
            let client = try server.exec("cat", "/data/large.bin", streams: "stdout=true")
            client.readToEnd()
            return client.received
        }
        #expect(received.count == 5000)
    }

    @Test("a fault sends what is no frame")
    func garbage() async throws {
        let received = try await StreamServer.run { server in
            server.server.faults.add(FaultRule(.garbage, path: "/api"))
            let client = try server.exec("echo", "hi")
            client.readToEnd()
            return client.received
        }
        #expect(received == Array("\u{7f}\u{ff}<<<{\"kind\":\u{0}]]".utf8))
    }

    @Test("an exec that has no upgrade is asked for one")
    func noUpgrade() async throws {
        let server = KubernetesFixtures.server()
        try server.store.create("pods", StreamServer.pod("p"))
        let answer = await server.handle(.api("GET", "/api/v1/namespaces/odd/pods/p/exec?command=sh&stdout=true"))
        #expect(answer.status == 400)
        #expect(try await answer.text().contains(#""message":"Upgrade request required""#))
    }

    @Test(
        "a pod with two containers wants one named, a container that does not run is told of",
        arguments: [
            ("two", "", "a container name must be specified for pod two, choose one of: [app envoy]"),
            ("two", "container=x&", "container x is not valid for pod two"),
        ])
    func choice(pod: String, container: String, words: String) async throws {
        let body = try await StreamServer.run { server in
            let client = try server.connect(
                "/api/v1/namespaces/odd/pods/\(pod)/exec?\(container)command=sh&stdout=true")
            client.read()
            return String(decoding: client.received, as: UTF8.self)
        }
        #expect(body.contains("\"message\":\"\(words)\""))
    }
}

/// What this process holds of the machine's memory.
enum Memory {
    static func resident() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""  // 0 fails no bound.
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
}
