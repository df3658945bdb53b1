import Backends
import Model

/// The way to one process: which pod and container, which program, and whether it can be joined at all.
struct ProcessOpening: Sendable {
    private let request: SessionRequest
    private let client: KubernetesClient
    private let pacer: any Pacer

    /// How long a container that was just made may take to run, in seconds.
    private static let patience = 120.0
    /// How long a program that says nothing has to fail before it is taken for a good one.
    private static let settling = 1.5
    /// Best first.
    private static let shells = [["bash"], ["sh"]]

    init(_ request: SessionRequest, _ client: KubernetesClient, _ pacer: any Pacer) {
        self.request = request
        self.client = client
        self.pacer = pacer
    }

    private var wantedContainer: String? {
        switch request.verb {
        case .shell(let options): options.container
        case .attach(let container): container
        default: nil
        }
    }

    private var givenCommand: [String] { if case .shell(let options) = request.verb { options.command } else { [] } }
    private var isAttaching: Bool { if case .attach = request.verb { true } else { false } }

    /// Whether its container was made for it just now, and need not run yet.
    private var isFresh: Bool { request.sort == "debug" || request.sort == "node shell" }

    /// What is said before, and where it sits.
    func plan() async throws -> (SessionPlan, ProcessSeat) {
        let container = try await container()
        if let obstacle = container.obstacle { throw ActionRefusal(.invalid, obstacle, hint: "look at its logs") }
        var plan = SessionPlan(facts: [.init("container", container.name)])
        if isAttaching, !container.hasInput {
            plan.warnings.append("its process takes no input: it can only be watched")
        }
        return (plan, seat(in: container))
    }

    /// Where the process sits, once its container runs.
    func seat(_ say: @Sendable (String) -> Void) async throws -> ProcessSeat {
        let start = pacer.uptime
        while true {
            let container = try await container()
            guard let obstacle = container.obstacle else { return seat(in: container) }
            guard isFresh, !container.isHopeless, pacer.uptime - start < Self.patience else {
                throw ActionRefusal(.invalid, obstacle, hint: isFresh ? "" : "look at its logs")
            }
            say(obstacle)
            try await pacer.sleep(0.5)
        }
    }

    private func seat(in container: ContainerReading) -> ProcessSeat {
        ProcessSeat(
            object: request.object, container: container.name, sort: request.sort, command: givenCommand,
            hasTerminal: !isAttaching || container.hasTerminal, takesInput: !isAttaching || container.hasInput,
            isJoined: isAttaching)
    }

    /// Joins the session to its process: the command that was given, the container's own, or the best shell there is.
    func join(_ session: ProcessSession) async throws {
        if isAttaching { return try await run([], in: session, or: nil) }
        guard givenCommand.isEmpty else { return try await run(givenCommand, in: session, or: nil) }
        for shell in Self.shells {
            if try await attempt(shell, in: session) { return }
        }
        throw ActionRefusal(
            .invalid, "container \(session.seat.container) of pod/\(request.object.name) has no shell",
            hint: "debug offers one: a container beside it, with the tools you choose")
    }

    /// False when there is no such program.
    private func attempt(_ command: [String], in session: ProcessSession) async throws -> Bool {
        do {
            try await run(command, in: session, or: MissingProgram())
            return true
        } catch is MissingProgram {
            return false
        }
    }

    private struct MissingProgram: Error {}

    private func run(_ command: [String], in session: ProcessSession, or missing: MissingProgram?) async throws {
        let process = try await client.process(session.request(command))
        switch await session.run(process, command, settling: Self.settling, isOnlyChoice: missing == nil) {
        case .lives, .ended: return
        case .missing(let words):
            if let missing { throw missing }
            throw ActionRefusal(.rejected, words)
        case .failed(let words): throw ActionRefusal(.rejected, words)
        }
    }

    private func container() async throws -> ContainerReading {
        try ContainerReading.chosen(wantedContainer, of: try await client.rawObject(request.object))
    }
}

/// Where a process sits and how it is joined.
struct ProcessSeat: Sendable {
    var object: ObjectReference
    var container: String
    /// "shell", "attach", "debug", "node shell".
    var sort: String
    var command: [String]
    var hasTerminal: Bool
    var takesInput: Bool
    /// The container's own process, not one that is started.
    var isJoined: Bool
}
