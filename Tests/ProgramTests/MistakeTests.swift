import Testing

@Suite("what a person got wrong is one plain sentence", .enabled(if: Program.path != nil), .timeLimit(.minutes(3)))
struct MistakeTests {
    private let program: Program
    private let kubeconfig: String

    init() throws {
        program = try Program()
        kubeconfig = try program.write(
            """
            apiVersion: v1
            kind: Config
            current-context: harbour
            contexts:
            - {name: "evil\\e]0;owned\\a\\u009b31m\\u202e", context: {cluster: a, user: u}}
            - {name: harbour, context: {cluster: a, user: u}}
            clusters:
            - {name: a, cluster: {server: "http://127.0.0.1:9"}}
            users:
            - {name: u, user: {token: hunter2}}

            """, to: "kubeconfig")
    }

    private static let none = """
        midwatch: kubeconfig: none was found: ~/.kube/config does not exist and KUBECONFIG is not set; \
        get one from the cluster's administrator, or try: midwatch demo

        """

    @Test("no kubeconfig at all", arguments: [[], ["--once"], ["get", "pods"], ["contexts"], ["logs", "x"]])
    func missing(arguments: [String]) async throws {
        let outcome = try await program.run(Program.path!, arguments)
        #expect(outcome == .init(code: 64, output: "", problem: Self.none))
    }

    @Test("a kubeconfig that is not there", arguments: [["--once"], ["get", "pods"]])
    func named(arguments: [String]) async throws {
        let outcome = try await program.run(Program.path!, arguments + ["--kubeconfig", "nope"])
        #expect(
            outcome.problem
                == "midwatch: kubeconfig ~/nope: it cannot be read: no such file or directory\n")
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("an empty kubeconfig", arguments: [["--once"], ["get", "pods"]])
    func empty(arguments: [String]) async throws {
        try program.write("", to: "empty")
        let outcome = try await program.run(Program.path!, arguments + ["--kubeconfig", "empty"])
        #expect(
            outcome.problem
                == "midwatch: kubeconfig ~/empty: it has no contexts; add one with: kubectl config set-context\n")
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("broken YAML has its file and line", arguments: [["--once"], ["get", "pods"]])
    func broken(arguments: [String]) async throws {
        try program.write("apiVersion: v1\nclusters: [\n  - name: x\n", to: "broken")
        let outcome = try await program.run(Program.path!, arguments + ["--kubeconfig", "broken"])
        #expect(
            outcome.problem
                == "midwatch: kubeconfig ~/broken, line 3: broken YAML: did not find expected node content\n")
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("a context that is not there, and the nearest that is", arguments: [["--once"], ["get", "pods"]])
    func context(arguments: [String]) async throws {
        let outcome = try await program.run(
            Program.path!, arguments + ["--kubeconfig", kubeconfig, "--context", "harbuor"])
        #expect(
            outcome.problem
                == "midwatch: there is no environment or context \"harbuor\"; did you mean \"harbour\"?\n")
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("escape sequences in a context's name come out visible, whoever prints it")
    func escapes() async throws {
        let visible = "evil␛]0;owned␇\u{FFFD}31m\u{FFFD}"
        let console = try await program("--once", "--kubeconfig", kubeconfig, "--context", "zzz")
        #expect(
            console.problem
                == "midwatch: there is no environment or context \"zzz\"; there is \(visible), harbour\n")
        let table = try await program("contexts", "--kubeconfig", kubeconfig)
        #expect(table.lines[1].hasPrefix("          \(visible)   "))
        let names = try await program("contexts", "-o", "name", "--kubeconfig", kubeconfig)
        #expect(names.output == "\(visible)\nharbour\n")
    }

    @Test("JSON says the same name with escapes only")
    func json() async throws {
        let outcome = try await program("contexts", "-o", "json", "--kubeconfig", kubeconfig)
        #expect(outcome.output.contains(#""environment" : "evil\u001b]0;owned\u0007\u009b31m\u202e""#))
        #expect(outcome.output.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) })
    }

    @Test("arguments that are repeated come out visible too")
    func arguments() async throws {
        let outcome = try await program("get", "pods", "-o", "a\u{1B}]0;x\u{9B}")
        #expect(outcome.problem.hasPrefix("Error: The value 'a␛]0;x\u{FFFD}' is invalid for '-o <output>'."))
        #expect(outcome.code == 64)
    }

    @Test("a configuration has the line and the nearest word", arguments: [["--once"], ["keys"], ["get", "pods"]])
    func configuration(arguments: [String]) async throws {
        try program.write("ui:\n  thme: dark\n", to: "config.yaml")
        let outcome = try await program.run(Program.path!, arguments + ["--config", "config.yaml"])
        #expect(outcome.problem == "midwatch: config.yaml:2: unknown key \"thme\" in ui; did you mean \"theme\"?\n")
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("a theme that is not there")
    func theme() async throws {
        let outcome = try await program("--once", "--kubeconfig", kubeconfig, "--theme", "drak")
        #expect(
            outcome.problem == """
                midwatch: themes: no theme is called "drak"; did you mean "dark"? \
                (there are dark, light, high-contrast, colour-blind, mono)

                """)
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("a key that would mean two things", arguments: [["--once"], ["keys"]])
    func keys(arguments: [String]) async throws {
        try program.write("keys:\n  describe: l\n", to: "config.yaml")
        let outcome = try await program.run(Program.path!, arguments + ["--config", "config.yaml"])
        #expect(
            outcome.problem == """
                midwatch: the key l would mean both "describe" and "logs"; \
                give one of them other keys under keys: in the configuration

                """)
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("a scenario that is not there")
    func scenario() async throws {
        let outcome = try await program("demo", "--once", "--scenario", "nope")
        #expect(
            outcome.problem == """
                midwatch: there is no scenario "nope"; \
                there are bad-deploy, node-down, disk-full, slow-payments, calm

                """)
        #expect(outcome.code == 64 && outcome.output == "")
    }

    @Test("the console without a terminal")
    func terminal() async throws {
        let outcome = try await program("--kubeconfig", kubeconfig)
        #expect(
            outcome.problem == """
                midwatch: cannot open the console: standard input is not a terminal; \
                for scripts there are --once and the subcommands

                """)
        #expect(outcome.code == 1 && outcome.output == "")
    }

    @Test(
        "numbers without end or sense are refused, not reckoned with",
        arguments: [
            ["logs", "x", "--since", "inf"], ["logs", "x", "--since", "infs"], ["logs", "x", "--since", "1e30d"],
            ["logs", "x", "--since", "nand"], ["doctor", "--timeout", "inf"], ["simulate", "--churn", "1e300/s"],
            ["simulate", "--log-lines", "inf"], ["simulate", "--pods", "99999999999999"],
        ])
    func numbers(arguments: [String]) async throws {
        let outcome = try await program.run(Program.path!, arguments, seconds: 10)
        #expect(outcome.code == 64)
        #expect(outcome.problem.hasPrefix("Error: The value ") || outcome.problem.hasPrefix("Error: --"))
    }

    @Test("a server that is not there: code 3, with the screen all the same")
    func dead() async throws {
        let screen = try await program("--once", "--kubeconfig", kubeconfig, "--size", "100x24")
        #expect(screen.code == 3)
        #expect(screen.lines.count == 25)
        #expect(screen.output.contains("cannot reach http://127.0.0.1:9: the connection was refused"))
        let table = try await program("get", "pods", "--kubeconfig", kubeconfig)
        let watch = try await program("get", "pods", "-w", "--kubeconfig", kubeconfig)
        #expect(
            table.problem == """
                midwatch: cannot reach http://127.0.0.1:9: the connection was refused; \
                check that the server runs and that the port is right

                """)
        #expect(table.code == 3)
        #expect(watch == table)
    }
}
