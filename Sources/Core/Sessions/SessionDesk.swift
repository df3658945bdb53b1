import Backends
import Foundation
import Model
import Synchronization
import TerminalScreen

/// Owns what lives on after an action: shells, attached processes and forwards; and copies files.
///
/// The `ActionDesk` opens them; the person's further orders come straight here, from any thread, and return at once. Every
/// change is posted as `FeedID.sessions`, `.session` and `.forwards`. What is open ends with the desk.
public final class SessionDesk: SessionOpening {
    private struct State {
        var sessions: [ProcessSession] = []
        /// Off the list, and perhaps not cleared up yet.
        var leaving: [ProcessSession] = []
        var streams: ProcessStreams?
        /// What a plan has found, so that the pod need not be asked for twice.
        var seats: [Wish: ProcessSeat] = [:]
    }

    private struct Wish: Hashable {
        var object: ObjectReference
        var verb: ActionVerb
        init(_ request: SessionRequest) { (object, verb) = (request.object, request.verb) }
    }

    let environments: EnvironmentSet
    public let forwards: ForwardDesk
    private let inbox: Inbox
    private let pacer: any Pacer
    private let numbers: SessionNumbers
    private let state = Mutex(State())

    /// `folder` is the person's state folder, for saved forwards; nil for nowhere.
    init(_ environments: EnvironmentSet, inbox: Inbox, pacer: any Pacer, folder: URL?) {
        self.environments = environments
        self.inbox = inbox
        self.pacer = pacer
        numbers = SessionNumbers()
        forwards = ForwardDesk(inbox: inbox, pacer: pacer, numbers: numbers, folder: folder, environments: environments)
    }

    deinit { stop() }

    /// Processes that are opened from now on are joined to these streams instead of a screen: for subcommands.
    public func use(_ streams: ProcessStreams) { state.withLock { $0.streams = streams } }

    public func prepare(_ request: SessionRequest) async throws -> SessionPlan {
        let environment = try environment(of: request)
        switch request.verb {
        case .forward(let options): return try await forwards.prepare(request, options, environment)
        case .copy(let options): return try await FileCopy.prepare(request, options, try environment.kubernetes())
        default:
            let (plan, seat) = try await ProcessOpening(request, try environment.kubernetes(), pacer).plan()
            state.withLock { $0.seats[Wish(request)] = seat }
            return plan
        }
    }

    public func open(_ request: SessionRequest, _ opening: SessionPermission) async throws -> SessionOutcome {
        let environment = try environment(of: request)
        let client = try environment.openKubernetes(opening.permit)
        switch request.verb {
        case .forward(let options):
            return try await forwards.open(request, options, environment, opening)
        case .copy(let options):
            let words = try await FileCopy(request, options, client, pacer, opening).run()
            return SessionOutcome(session: nil, words: words)
        default: return try await openProcess(request, client, opening)
        }
    }

    /// Ends everything; for the end of the program.
    public func stop() {
        for session in state.withLock({ $0.sessions }) { session.cut() }
        forwards.stop()
    }

    /// The same, and returns when what belongs to the ends is written down and cleared up, or has had some seconds for it.
    public func shutDown() async {
        stop()
        let sessions = state.withLock { $0.sessions + $0.leaving }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for session in sessions { await session.untilClearedUp() } }
            group.addTask { [forwards] in await forwards.untilClearedUp() }
            // A cancelled wait means that all is done.
            group.addTask { [pacer] in try? await pacer.sleep(Self.farewell) }
            await group.next()
            await group.next()
            group.cancelAll()
        }
    }

    private static let farewell = 5.0

    private func environment(of request: SessionRequest) throws -> Environment {
        guard let environment = environments[request.environment] else {
            throw ActionRefusal(.invalid, "there is no environment \"\(request.environment)\"")
        }
        return environment
    }
}

/// What the person does in a shell.
extension SessionDesk {
    public func type(_ bytes: [UInt8], into id: SessionID) { session(id)?.give(.bytes(bytes)) }

    public func resize(_ id: SessionID, columns: Int, rows: Int) { session(id)?.resize(columns: columns, rows: rows) }

    /// Ends the process's input; what it still writes is shown.
    public func endInput(of id: SessionID) { session(id)?.give(.end) }

    /// Leaves a process, which may live on without us, and takes it off the list.
    public func close(_ id: SessionID) {
        let session = state.withLock { state in
            let session = state.sessions.firstIndex { $0.id == id }.map { state.sessions.remove(at: $0) }
            state.leaving += session.map { [$0] } ?? []
            return session
        }
        guard let session else { return }
        session.cut()
        inbox.post(FeedUpdate(.session(id), change: .forgotten))
        post()
    }

    /// How a session ended, as soon as it has; nil for one that is not known.
    public func end(of id: SessionID) async -> SessionInfo.State? { await session(id)?.untilEnded() }

    private func session(_ id: SessionID) -> ProcessSession? {
        state.withLock { $0.sessions.first { $0.id == id } }
    }

    private func openProcess(
        _ request: SessionRequest, _ client: KubernetesClient, _ opening: SessionPermission
    ) async throws -> SessionOutcome {
        let way = ProcessOpening(request, client, pacer)
        let known = state.withLock { $0.seats.removeValue(forKey: Wish(request)) }
        let seat: ProcessSeat
        if let known { seat = known } else { seat = try await way.seat(opening.say) }
        let session = ProcessSession(
            id: numbers.next(), seat, streams: state.withLock { $0.streams }, inbox: inbox,
            pacer: pacer, changed: { [weak self] in self?.post() }, ended: opening.ended)
        state.withLock { $0.sessions.append(session) }
        post()
        do {
            try await way.join(session)
        } catch {
            state.withLock { $0.sessions.removeAll { $0.id == session.id } }
            session.cut()
            post()
            throw error
        }
        return SessionOutcome(session: session.id, words: "\(request.sort) in \(session.info.object.name)")
    }

    private func post() {
        let infos = state.withLock { $0.sessions }.map(\.info)
        inbox.post(FeedUpdate(.sessions, status: FeedStatus(.live), change: .sessions(infos)))
    }
}

/// Hands out the numbers of sessions and forwards, which share them.
final class SessionNumbers: Sendable {
    private let last = Atomic(0)
    func next() -> SessionID { SessionID(last.add(1, ordering: .relaxed).newValue) }
}
