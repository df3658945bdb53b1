import Foundation
import HTTP
import Synchronization
import Testing

@testable import Backends

/// Real programs, small scripts of `/bin/sh`, run as plugins.
struct CredentialsPluginTests {
    let home = KubeconfigHome()

    /// The credentials of a user whose plugin is this script, installed as `login` on the PATH.
    private func credentials(
        script: String, exec: String = "", cluster: String = "{server: 'https://east.example'}"
    ) throws -> any KubernetesCredentials {
        home.write("bin/login", "#!/bin/sh\n" + script, mode: 0o700)
        home.surroundings.variables["PATH"] = home.path + "/bin:/usr/bin:/bin"
        return try credentials(command: "login", exec: exec, cluster: cluster)
    }

    private func credentials(
        command: String, exec: String = "", cluster: String = "{server: 'https://east.example'}"
    ) throws -> any KubernetesCredentials {
        let v1 = "apiVersion: client.authentication.k8s.io/v1, interactiveMode: IfAvailable"
        return try home.connection(cluster: cluster, user: "{exec: {command: \(command), \(v1)\(exec)}}").credentials
    }

    /// A script's answer with a token in which the shell may put something in.
    private func printing(_ token: String) -> String {
        #"printf '{"apiVersion":"client.authentication.k8s.io/v1","status":{"token":"%s"}}' "\#(token)""#
    }

    @Test("a plugin's token is used")
    func token() async throws {
        let credentials = try credentials(script: printing("t-7"))
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-7"])
    }

    @Test("a plugin that still runs when midwatch ends is killed with what it started")
    func killedAtTheEnd() throws {
        let living = LivingPrograms()
        let process = try PluginProcess.run(
            "/bin/sh", arguments: ["sh", "-c", "echo up >&2; sleep 1000; true"], variables: ["PATH=/usr/bin:/bin"],
            timeLimit: 60, among: living, hears: { _ in living.kill() })
        #expect(process.ending == .killed(signal: SIGKILL))
    }

    @Test("arguments reach the plugin, and its variables go before those of the process")
    func argumentsAndVariables() async throws {
        home.surroundings.variables["COLOUR"] = "grey"
        home.surroundings.variables["SHAPE"] = "round"
        let credentials = try credentials(
            script: printing("$1-$2-$COLOUR-$SHAPE"),
            exec: ", args: ['two words', b], env: [{name: COLOUR, value: blue}]")
        #expect(try await credentials.headers() == ["Authorization": "Bearer two words-b-blue-round"])
    }

    @Test("cluster info reaches the plugin that asks for it, the authority's file included")
    func clusterInfo() async throws {
        home.write(".kube/ca.crt", "CA")
        let credentials = try credentials(
            script: "printf '%s' \"$KUBERNETES_EXEC_INFO\" >'\(home.path)/info'\n" + printing("t"),
            exec: ", provideClusterInfo: true",
            cluster: """
                {server: 'https://east.example/', certificate-authority: ca.crt, extensions: \
                [{name: client.authentication.k8s.io/exec, extension: {audience: east, ports: [1, '2'], on: true}}]}
                """)
        _ = try await credentials.headers()
        #expect(
            try String(contentsOfFile: home.path + "/info", encoding: .utf8)
                == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"#
                + #""server":"https://east.example","certificate-authority-data":"Q0E=","#
                + #""config":{"audience":"east","ports":[1,"2"],"on":true}},"interactive":false}}"#)
    }

    @Test("a plugin has no terminal, nothing to read and a session of its own")
    func noTerminal() async throws {
        let credentials = try credentials(
            script: """
                read line && exit 9
                (: </dev/tty) 2>/dev/null && exit 8
                set -- $(cat /proc/self/stat)
                \(printing("$([ \"$$\" = \"$6\" ] && echo own)"))
                """)
        #expect(try await credentials.headers() == ["Authorization": "Bearer own"])
    }

    @Test("no open file is handed to a plugin")
    func openFiles() async throws {
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        let credentials = try credentials(
            script: "[ -e /proc/self/fd/\(leaked) ] && exit 9\n" + printing("t-7"))
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-7"])
    }

    @Test("a command with a slash is meant from the kubeconfig's folder")
    func relativeCommand() async throws {
        home.write(".kube/bin/login", "#!/bin/sh\n" + printing("near"), mode: 0o700)
        let credentials = try credentials(command: "./bin/login")
        #expect(try await credentials.headers() == ["Authorization": "Bearer near"])
    }

    @Test("a program is never taken from the current folder")
    func currentFolder() async throws {
        home.write("login", "#!/bin/sh\n" + printing("planted"), mode: 0o700)
        home.surroundings.variables["PATH"] = ".::/nowhere"
        let credentials = try credentials(command: "login")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the plugin login was found in the current folder only, "
                + "from where midwatch runs nothing; write its full path into the kubeconfig")
    }

    @Test("a program that is missing is told, in the words of its hint where there is one")
    func missing() async throws {
        home.surroundings.variables["PATH"] = "/nowhere"
        let plain = try credentials(command: "login")
        let hinted = try credentials(command: "login", exec: ", installHint: \"Get it by: apt install login\\n\"")
        #expect(
            await message { try await plain.headers() }
                == "credentials of user ada: the plugin login is not installed; "
                + "install it, or write its full path into the kubeconfig")
        #expect(
            await message { try await hinted.headers() }
                == "credentials of user ada: the plugin login is not installed; Get it by: apt install login")
    }

    @Test("a program that is not executable is told")
    func notExecutable() async throws {
        let program = home.write(".kube/login", "text", mode: 0o600)
        let credentials = try credentials(command: "./login")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the plugin login cannot be run: \(home.path)/.kube/./login is not "
                + "executable; try: chmod +x \(home.path)/.kube/./login")
        #expect(program.hasSuffix("/.kube/login"))
    }

    @Test("a program that the system cannot start is told")
    func notStartable() async throws {
        home.write(".kube/login", "#!/nowhere/shell\n", mode: 0o700)
        let credentials = try credentials(command: "./login")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the plugin login could not be started: no such file or directory")
    }

    @Test("a plugin that fails is told with its exit code and its last words, and all its words are kept")
    func failure() async throws {
        let credentials = try credentials(script: "echo first >&2; echo 'login expired' >&2; echo >&2; exit 3")
        let error = await #expect(throws: KubernetesError.self) { try await credentials.headers() }
        #expect(
            error
                == .credentials(
                    CredentialsFault(
                        user: "ada", cause: "the plugin login ended with exit code 3: login expired",
                        output: "first\nlogin expired\n\n")))
    }

    @Test("a plugin that is killed is told")
    func killed() async throws {
        let credentials = try credentials(script: "kill -9 $$")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the plugin login was killed by signal 9")
    }

    @Test("a plugin that takes too long is stopped with all that it started")
    func timeLimit() async throws {
        home.surroundings.pluginTimeLimit = 1
        mkfifo(home.path + "/alive", 0o600)
        let alive = open(home.path + "/alive", O_RDONLY | O_NONBLOCK)
        defer { close(alive) }
        let credentials = try credentials(
            script: "exec 9>'\(home.path)/alive'; sleep 600 & echo waiting >&2; wait")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the plugin login gave no answer within 1 s and was stopped: waiting")
        // The pipe hangs up when the last process that holds it is gone.
        var waiting = pollfd(fd: alive, events: Int16(POLLIN), revents: 0)
        poll(&waiting, 1, 5000)
        #expect(waiting.revents == Int16(POLLHUP))
    }

    @Test("a plugin that leaves something running that holds its output is not waited for")
    func leftBehind() async throws {
        let note = home.path + "/left-behind"
        let credentials = try credentials(script: "sleep 600 &\necho $! >'\(note)'\n" + printing("t-7"))
        #expect(try await credentials.headers() == ["Authorization": "Bearer t-7"])
        let text = try String(contentsOfFile: note, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        let process = try #require(Int32(text))
        // It still runs: whoever waited for it would not be here before it ended.
        #expect(kill(process, 0) == 0)
        kill(process, SIGKILL)
    }

    @Test("a plugin that prints without end is stopped")
    func endless() async throws {
        let credentials = try credentials(script: "cat /dev/zero")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the plugin login printed more than 1 MiB and was stopped")
    }

    @Test("of a flood on stderr only the end is kept")
    func flood() async throws {
        let credentials = try credentials(
            script: "head -c 1000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo the end >&2; exit 1")
        let error = await #expect(throws: KubernetesError.self) { try await credentials.headers() }
        guard case .credentials(let fault)? = error else { return }
        #expect(fault.cause == "the plugin login ended with exit code 1: the end")
        #expect(fault.output.utf8.count == 4096)
    }

    @Test("a plugin that answers nonsense is told, its output is not")
    func nonsense() async throws {
        let credentials = try credentials(script: "echo s3cret")
        #expect(
            await message { try await credentials.headers() }
                == "credentials of user ada: the plugin login printed something that is no JSON object")
    }

    @Test("what a plugin says while it runs reaches the person")
    func says() async throws {
        let said = Mutex("")
        home.surroundings.pluginSaid = { user, text in said.withLock { $0 += "\(user): \(text)" } }
        let credentials = try credentials(script: "echo 'enter the code ABCD' >&2\n" + printing("t-7"))
        _ = try await credentials.headers()
        #expect(said.withLock { $0 } == "ada: enter the code ABCD\n")
    }
}
