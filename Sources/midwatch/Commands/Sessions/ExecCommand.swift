import ArgumentParser
import Core
import Foundation
import Model

/// Runs a command in a container.
struct ExecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exec", abstract: "Run a command in a container; its exit code is passed on.")

    @Argument(help: ArgumentHelp("A pod, or KIND/NAME for a ready pod of a workload.", valueName: "pod"))
    var pod: String

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("The command, after --; with -t the best shell there is without it.", valueName: "command"))
    var command: [String] = []

    @OptionGroup var options: ActionOptions

    @Option(name: [.customShort("c"), .long], help: "Container; the pod's default without it.")
    var container: String?

    @Flag(name: [.customShort("i"), .long], help: "Pass standard input on.")
    var stdin = false

    @Flag(name: [.customShort("t"), .long], help: "On the whole screen, as a terminal; ctrl-] leaves.")
    var tty = false

    func validate() throws {
        if tty { return try ProcessConduct.checkTerminal() }
        if command.isEmpty { throw ValidationError("name the command after --: midwatch exec POD -- COMMAND") }
    }

    func run() throws {
        try plainly {
            try ProcessConduct(options, hasInput: stdin, isShown: tty).run(
                .shell(ShellOptions(container: container, command: command)), in: pod)
        }
    }
}

/// Joins the process of a container.
struct AttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Join the process of a container: see what it writes, and with -i write to it."
    )

    @Argument(help: ArgumentHelp("A pod, or KIND/NAME for a ready pod of a workload.", valueName: "pod"))
    var pod: String

    @OptionGroup var options: ActionOptions

    @Option(name: [.customShort("c"), .long], help: "Container; the pod's default without it.")
    var container: String?

    @Flag(name: [.customShort("i"), .long], help: "Pass standard input on.")
    var stdin = false

    @Flag(name: [.customShort("t"), .long], help: "On the whole screen, as a terminal; ctrl-] leaves.")
    var tty = false

    func validate() throws { if tty { try ProcessConduct.checkTerminal() } }

    func run() throws {
        try plainly {
            try ProcessConduct(options, hasInput: stdin, isShown: tty).run(.attach(container: container), in: pod)
        }
    }
}

/// Starts an ephemeral container beside those of a pod.
struct DebugCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "debug",
        abstract: "Run a command in a new container beside those of a pod, with an image of your choice.")

    @Argument(help: ArgumentHelp("A pod, or KIND/NAME for a ready pod of a workload.", valueName: "pod"))
    var pod: String

    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp("The command, after --; the image's own without it.", valueName: "command"))
    var command: [String] = []

    @OptionGroup var options: ActionOptions

    @Option(help: "The image.")
    var image: String

    @Option(help: ArgumentHelp("The container whose processes are to be seen.", valueName: "container"))
    var target: String?

    @Flag(name: [.customShort("i"), .long], help: "Pass standard input on.")
    var stdin = false

    @Flag(name: [.customShort("t"), .long], help: "On the whole screen, as a terminal; ctrl-] leaves.")
    var tty = false

    func validate() throws { if tty { try ProcessConduct.checkTerminal() } }

    func run() throws {
        try plainly {
            try ProcessConduct(options, hasInput: stdin, isShown: tty).run(
                .debug(DebugOptions(image: image, target: target, command: command)), in: pod)
        }
    }
}

/// Lives with one process until it ends, and ends with its exit code.
struct ProcessConduct {
    static func checkTerminal() throws {
        guard isatty(STDIN_FILENO) == 0 || isatty(STDOUT_FILENO) == 0 else { return }
        throw ValidationError("-t needs a terminal at both ends; without it, this works in scripts")
    }

    private let conduct: SessionConduct
    private let hasInput: Bool
    private let isShown: Bool
    private let wake = WakeDescriptor()

    /// `isShown`: on the whole screen, as a terminal.
    init(_ options: ActionOptions, hasInput: Bool, isShown: Bool = false) throws {
        conduct = try SessionConduct(options, wake: { [wake] in wake.wake() })
        self.hasInput = hasInput
        self.isShown = isShown
    }

    func run(_ verb: ActionVerb, in word: String) throws {
        let pod = try conduct.pod(word)
        if isShown { return try show(verb, pod) }
        let sessions = conduct.session.sessions
        sessions.use(StandardStreams.streams(hasInput: hasInput))
        let ending = EndingSignals { sessions.stop() }
        guard let report = try conduct.open(verb, on: pod), let id = report.session else { return }
        let end = try waiting { await sessions.end(of: id) }
        conduct.shutDown()
        if let signal = ending.signal { throw ExitCode(128 + signal) }
        try pass(on: end)
    }

    private func show(_ verb: ActionVerb, _ pod: ObjectReference) throws {
        guard let report = try conduct.open(verb, on: pod), let id = report.session else { return }
        defer { conduct.shutDown() }
        try pass(on: try ShellRun(conduct.session, wake, id, in: conduct.environment.info.id).run())
    }

    private func pass(on end: SessionInfo.State?) throws {
        switch end {
        case .exited(let code): if code != 0 { throw ExitCode(Int32(truncatingIfNeeded: code)) }
        case .failed(let reason): throw PlainFailure(.other, reason)
        default: break
        }
    }
}
