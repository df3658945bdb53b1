import Foundation
import Testing

@Suite(
    "kubectl enters the simulated containers", .enabled(if: Kubectl.program != nil), .serialized,
    .timeLimit(.minutes(3)))
struct KubectlStreamTests {
    private let kubectl = Kubectl.shared

    /// A pod of an application that runs well.
    private func pod(_ app: String, namespace: String) async throws -> String {
        let answer = try await kubectl(
            "get", "pods", "-n", namespace, "-l", "app=\(app)", "-o", "jsonpath={.items[0].metadata.name}")
        return answer.output
    }

    @Test("exec gives output, complaints and exit code")
    func exec() async throws {
        let name = try await pod("basket", namespace: "checkout")
        let answer = try await kubectl(
            "exec", "-n", "checkout", name, "--", "sh", "-c", "echo out $HOSTNAME; echo err >&2; exit 3")
        #expect(answer.output == "out \(name)\n")
        #expect(answer.problem == "err\ncommand terminated with exit code 3\n")
        #expect(answer.status == 3)
    }

    @Test("exec passes its input on to the end")
    func input() async throws {
        let name = try await pod("basket", namespace: "checkout")
        let text = String(repeating: "a line of some length to be counted\n", count: 20_000)
        let answer = try await kubectl("exec", "-i", "-n", "checkout", name, "--", "wc", "-lc", input: text)
        #expect(answer.output == "20000 \(text.utf8.count)\n")
    }

    @Test("exec into an image without a shell fails as the real one")
    func distroless() async throws {
        let name = try await pod("coredns", namespace: "kube-system")
        let answer = try await kubectl("exec", "-n", "kube-system", name, "--", "sh")
        #expect(
            answer.problem
                == "error: Internal error occurred: Internal error occurred: error executing command in container: failed to "
                + "exec in container: failed to start exec: OCI runtime exec failed: exec failed: unable to start container "
                + "process: exec: \"sh\": executable file not found in $PATH: unknown\n")
        #expect(answer.status == 1)
    }

    @Test("exec with a terminal is a conversation")
    func terminal() async throws {
        let name = try await pod("basket", namespace: "checkout")
        let answer = try await kubectl.inTerminal(
            "exec", "-it", "-n", "checkout", name, "--", "sh", input: "echo $((6 * 7)); tty\nexit 5\n")
        #expect(answer.output.contains("tty\r\n42\r\n/dev/pts/0\r\n"))
        #expect(answer.output.contains("command terminated with exit code 5"))
    }

    @Test("cp brings a file, and takes a folder there and back")
    func copy() async throws {
        let name = try await pod("basket", namespace: "checkout")
        let folder = try await kubectl.workFolder()
        let source = folder.appending(path: "source/inner")
        try FileManager.default.createDirectory(at: source, withIntermediateDirectories: true)
        let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 13 >> 2) })
        try bytes.write(to: source.appending(path: "binary"))
        let there = try await kubectl("cp", "-n", "checkout", "source", "\(name):/tmp/there")
        #expect(there.status == 0, "\(there.problem)")
        let sum = try await kubectl("exec", "-n", "checkout", name, "--", "wc", "-c", "/tmp/there/inner/binary")
        #expect(sum.output == "300000 /tmp/there/inner/binary\n")
        let back = try await kubectl("cp", "-n", "checkout", "\(name):/tmp/there", "back")
        #expect(back.status == 0, "\(back.problem)")
        #expect(try Data(contentsOf: folder.appending(path: "back/inner/binary")) == bytes)
        let one = try await kubectl("cp", "-n", "checkout", "\(name):/data/one-mebibyte.bin", "one")
        #expect(one.status == 0, "\(one.problem)")
        #expect(try Data(contentsOf: folder.appending(path: "one")).count == 1 << 20)
    }

    @Test("cp refuses an archive that a broken-into container made up")
    func tampered() async throws {
        let name = try await pod("basket", namespace: "checkout")
        let answer = try await kubectl("cp", "-n", "checkout", "\(name):/srv/tampered", "tampered")
        #expect(answer.problem.contains("error: tar contents corrupted"))
    }

    @Test("port-forward carries requests to the pod, and says where nobody listens")
    func forward() async throws {
        let name = try await pod("basket", namespace: "checkout")
        let folder = try await kubectl.workFolder()
        let config = folder.appending(path: "config").path
        let script = """
            \(Kubectl.program ?? "kubectl") --kubeconfig \(config) --context sandbox port-forward -n checkout pod/\(name) \
            :8080 :9999 > forward.out 2> forward.err &
            until grep -q -- '-> 9999' forward.out; do sleep 0.05; done
            port() { sed -n "s/.*127.0.0.1:\\([0-9]*\\) -> $1/\\1/p" forward.out; }
            curl -s http://127.0.0.1:$(port 8080)/one
            curl -s --data-binary @config http://127.0.0.1:$(port 8080)/two > /dev/null
            curl -s http://127.0.0.1:$(port 8080)/large | wc -c
            curl -s http://127.0.0.1:$(port 9999)/
            kill $! 2> /dev/null
            wait
            cat forward.err
            """
        let answer = try await Kubectl.run("/bin/bash", ["-c", script], in: folder, seconds: 60)
        #expect(
            answer.output.hasPrefix(
                "hello from pod checkout/\(name) port 8080: GET /one (0 body bytes)\n104857600\n"))
        #expect(answer.output.contains("IPv4: dial tcp4 127.0.0.1:9999: connect: connection refused"))
    }

    @Test("a kubectl that speaks SPDY only is served as well")
    func withoutWebSocket() async throws {
        let name = try await pod("basket", namespace: "checkout")
        let old = ["KUBECTL_REMOTE_COMMAND_WEBSOCKETS": "false", "KUBECTL_PORT_FORWARD_WEBSOCKETS": "false"]
        let answer = try await kubectl(
            "exec", "-i", "-n", "checkout", name, "--", "sh", "-c", "wc -c; echo err >&2; exit 4",
            input: String(repeating: "x", count: 200_000), variables: old)
        #expect(answer.output == "200000\n")
        #expect(answer.problem == "err\ncommand terminated with exit code 4\n")
        let missing = try await kubectl("exec", "-n", "checkout", name, "--", "nosuch", variables: old)
        #expect(
            missing.problem.hasPrefix("error: Internal error occurred: error executing command in container: failed"))
    }

    @Test("attach shows the lines that the process writes")
    func attach() async throws {
        let name = try await pod("payments-api", namespace: "payments")
        let answer = try await kubectl("attach", "-n", "payments", name, "-c", "payments-api", seconds: 6)
        #expect(answer.status == 124)
        #expect(answer.lines.count > 1, "\(answer.problem)")
    }

    @Test("kill 1 ends the container and everybody in it, and the kubelet starts it anew")
    func restart() async throws {
        let name = try await pod("feature-flags", namespace: "platform")
        let answer = try await kubectl(
            "exec", "-n", "platform", name, "--", "sh", "-c", "echo x > /tmp/x; kill -9 1; sleep 60")
        #expect(answer.problem == "command terminated with exit code 137\n")
        let restarted = try await kubectl(
            "wait", "-n", "platform", "pod/\(name)", "--for=jsonpath={.status.containerStatuses[0].restartCount}=1")
        #expect(restarted.status == 0, "\(restarted.problem)")
        let ready = try await kubectl("wait", "-n", "platform", "pod/\(name)", "--for=condition=Ready")
        #expect(ready.status == 0, "\(ready.problem)")
        let files = try await kubectl("exec", "-n", "platform", name, "--", "ls", "/tmp")
        #expect(files.output == "")
    }

    @Test("debug puts a shell beside a container that has none, and its exit ends the debug container")
    func debug() async throws {
        let name = try await pod("coredns", namespace: "kube-system")
        let answer = try await kubectl.inTerminal(
            "debug", "-it", "-n", "kube-system", name, "--image=busybox:1.36", "-c", "looker",
            input: "hostname\nps\nexit 6\n")
        #expect(answer.output.contains("hostname\r\n\(name)\r\n"))
        #expect(answer.output.contains("1 root      0:00 sh\r\n"))
        let state = try await kubectl(
            "get", "pod", "-n", "kube-system", name, "-o",
            "jsonpath={.status.ephemeralContainerStatuses[?(@.name==\"looker\")].state.terminated.exitCode}")
        #expect(state.output == "6")
    }
}
