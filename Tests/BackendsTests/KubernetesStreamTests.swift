import Foundation
import HTTP
import HTTPTesting
import Testing

@testable import Backends

@Suite("Processes in containers, as a recorded server speaks of them")
struct KubernetesStreamTests {
    private let bench = ClientBench()

    @Test("a command's two outputs and its exit code")
    func command() async throws {
        for name in ["ws-v5-command", "ws-v4-command"] {
            let ran = try await replay(name)
            #expect(ran.output == "out\n")
            #expect(ran.error == "err\n")
            #expect(ran.end == .exited(code: 3))
        }
        #expect(try await replay("ws-v5-ok").end == .exited(code: 0))
    }

    @Test("a program that does not exist is told from one that fails")
    func noSuchCommand() async throws {
        let end = try await replay("ws-v5-no-such-command").end
        #expect(
            end
                == .failed(
                    reason: "error executing command in container: failed to exec in container: failed to start exec: "
                        + "OCI runtime exec failed: exec failed: unable to start container process: exec: "
                        + #""nosuchcmd": executable file not found in $PATH: unknown"#))
        #expect(end.isMissingProgram)
        #expect(ProcessEnd.exited(code: 127).isMissingProgram)
        #expect(!ProcessEnd.exited(code: 1).isMissingProgram)
    }

    @Test("a node that cannot be reached, streams that were not asked for, a server without a word")
    func failures() async throws {
        #expect(
            try await replay("ws-kubelet-down").end
                == .failed(
                    reason:
                        #"error sending request: Post "https://127.0.0.1:10299/exec/odd/kubelet-down/app?command=sh&output=1": dial tcp 127.0.0.1:10299: connect: connection refused"#
                ))
        #expect(
            try await replay("ws-no-streams-400").end
                == .failed(
                    reason: "unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr"))
        #expect(try await replay("ws-no-protocol").end == .untold)
        #expect(try await replay("ws-completed-pod").end == .exited(code: 0))
    }

    @Test("a shell on a terminal, and a process that was joined")
    func terminal() async throws {
        let shell = try await replay("ws-v5-tty-shell")
        #expect(shell.output.hasPrefix("running-ok# stty size\r\n25 90\r\nrunning-ok# echo héllo\r\n"))
        #expect(shell.end == .exited(code: 5))
        let joined = try await replay("ws-attach")
        #expect(joined.output.contains("stdin: typed\r\n"))
        #expect(joined.end == .untold)
    }

    @Test("the request names container, command and streams")
    func request() {
        let shell = ProcessRequest(
            namespace: "shop", pod: "web-1", container: "app", command: ["sh", "-c", "echo a b", ""], hasInput: true,
            hasTerminal: true)
        #expect(
            shell.path.text
                == "/api/v1/namespaces/shop/pods/web-1/exec?container=app&command=sh&command=-c&command=echo%20a%20b&command=&stdin=true&stdout=true&tty=true"
        )
        #expect(
            ProcessRequest(namespace: "shop", pod: "web-1").path.text
                == "/api/v1/namespaces/shop/pods/web-1/attach?stdout=true&stderr=true")
    }

    @Test("input, its end and the terminal's size go out as the recording has them")
    func sent() async throws {
        let fake = bench.transport.openWebSocket("/api/v1/namespaces/a/pods/b/exec", subprotocol: "v5.channel.k8s.io")
        let process = try await bench.client.process(
            ProcessRequest(namespace: "a", pod: "b", command: ["cat"], hasInput: true))
        #expect(fake.offeredProtocols == ["v5.channel.k8s.io", "v4.channel.k8s.io"])
        try await process.write(Array("line one\n".utf8))
        try await process.resize(columns: 90, rows: 25)
        try await process.endInput()
        #expect(
            fake.sent.map(\.bytes) == [
                [0] + Array("line one\n".utf8), [4] + Array(#"{"Width":90,"Height":25}"#.utf8), [255, 0],
            ])
    }

    @Test("a megabyte of input goes in pieces")
    func largeInput() async throws {
        let fake = bench.transport.openWebSocket("/api/v1/namespaces/a/pods/b/exec", subprotocol: "v5.channel.k8s.io")
        let process = try await bench.client.process(
            ProcessRequest(namespace: "a", pod: "b", command: ["cat"], hasInput: true))
        try await process.write([UInt8](repeating: 0x61, count: 1 << 20))
        #expect(fake.sent.map(\.bytes.count) == [Int](repeating: 65537, count: 16))
    }

    @Test("a server of version 4 cannot be told that the input has ended")
    func oldServer() async throws {
        bench.transport.openWebSocket("/api/v1/namespaces/a/pods/b/exec", subprotocol: "v4.channel.k8s.io")
        let process = try await bench.client.process(
            ProcessRequest(namespace: "a", pod: "b", command: ["cat"], hasInput: true))
        let error = await #expect(throws: KubernetesError.self) { try await process.endInput() }
        #expect(
            error?.message
                == "/api/v1/namespaces/a/pods/b/exec: the server's answer cannot be read: this server is older than Kubernetes 1.30 and cannot be told that the input has ended"
        )
    }

    @Test(
        "refusals are read as for every other request",
        arguments: [
            (
                "ws-forbidden-403", 403,
                #"/api/v1/namespaces/a/pods/b/exec: pods "running-ok" is forbidden: User "viewer" cannot get resource "pods/exec" in API group "" in the namespace "odd" (403)"#
            ),
            ("ws-pod-404", 404, #"/api/v1/namespaces/a/pods/b/exec: pods "nope" not found (404)"#),
            (
                "ws-bad-container-400", 400,
                "/api/v1/namespaces/a/pods/b/exec: container nope is not valid for pod running-ok (400)"
            ),
        ])
    func refusals(_ name: String, _ status: Int, _ words: String) async throws {
        let body = try Array(Data(contentsOf: Self.folder.appending(path: "\(name)/body")))
        bench.transport.answer(.get, "/api/v1/namespaces/a/pods/b/exec", status: status, bytes: body)
        let error = await #expect(throws: KubernetesError.self) { _ = try await run() }
        #expect(error?.message == words)
    }

    @Test("a server that knows no such protocol, and a proxy that lets no WebSocket through, are told plainly")
    func noWebSocket() async throws {
        let words =
            "no WebSocket can be opened here: the server is older than Kubernetes 1.30, or a proxy on the way lets none through"
        for status in [403, 400, 200] {
            let bench = ClientBench()
            bench.transport.answer(.get, "/api/v1/namespaces/a/pods/b/exec", status: status)
            let error = await #expect(throws: KubernetesError.self) {
                _ = try await bench.client.process(ProcessRequest(namespace: "a", pod: "b", command: ["sh"]))
            }
            #expect(error?.message == "/api/v1/namespaces/a/pods/b/exec: \(words) (\(status))")
        }
    }

    @Test("a forwarded port gives what came and takes what goes")
    func port() async throws {
        let fake = try FakeWebSocket(replaying: Self.raw("ws-portforward-v4"), subprotocol: "v4.channel.k8s.io")
        bench.transport.answer(
            .get, "/api/v1/namespaces/odd/pods/running-ok/portforward?ports=8080", with: .webSocket(fake))
        let port = try await bench.client.port(8080, ofPod: "running-ok", in: "odd")
        try await port.write(Array("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".utf8)[...])
        var text: [UInt8] = []
        while let bytes = try await port.next() { text += bytes }
        #expect(
            String(decoding: text, as: UTF8.self)
                == "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 63\r\n\r\nhello from pod odd/running-ok port 8080: GET /x (0 body bytes)\n"
        )
        #expect(fake.sent.map(\.bytes) == [[0] + Array("GET /x HTTP/1.1\r\nHost: a\r\n\r\n".utf8)])
        #expect(fake.offeredProtocols == ["v4.channel.k8s.io"])
    }

    @Test("a port that nobody listens on, and a server that forwards another one")
    func badPort() async throws {
        let silent = bench.transport.openWebSocket("/api/v1/namespaces/a/pods/b/portforward?ports=81")
        silent.say([0, 81, 0])
        silent.say([1, 81])
        silent.say([1, 0] + Array("dial tcp4 127.0.0.1:81: connection refused\n".utf8))
        let port = try await bench.client.port(81, ofPod: "b", in: "a")
        let refused = await #expect(throws: KubernetesError.self) { _ = try await port.next() }
        #expect(
            refused?.message
                == "/api/v1/namespaces/a/pods/b/portforward: dial tcp4 127.0.0.1:81: connection refused (502)")
        bench.transport.openWebSocket("/api/v1/namespaces/a/pods/b/portforward?ports=82").say([0, 81, 0])
        let other = try await bench.client.port(82, ofPod: "b", in: "a")
        await #expect(throws: KubernetesError.self) { _ = try await other.next() }
    }

    private func run() async throws -> ContainerProcess {
        try await bench.client.process(ProcessRequest(namespace: "a", pod: "b", command: ["sh"]))
    }

    private struct Ran {
        var output = ""
        var error = ""
        var end = ProcessEnd.untold
    }

    private func replay(_ name: String) async throws -> Ran {
        let bench = ClientBench()
        let fake = try FakeWebSocket(replaying: Self.raw(name), subprotocol: "v5.channel.k8s.io")
        bench.transport.answer(.get, "/api/v1/namespaces/a/pods/b/exec", with: .webSocket(fake))
        let process = try await bench.client.process(ProcessRequest(namespace: "a", pod: "b", command: ["sh"]))
        var (output, error): ([UInt8], [UInt8]) = ([], [])
        while let piece = try await process.next() {
            switch piece {
            case .standard(let bytes): output += bytes
            case .error(let bytes): error += bytes
            }
        }
        return Ran(
            output: String(decoding: output, as: UTF8.self), error: String(decoding: error, as: UTF8.self),
            end: process.end)
    }

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/kubernetes/exec")

    private static func raw(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: "\(name)/server.raw")))
    }
}
