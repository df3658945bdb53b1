import Backends
import JSON
import Model

/// Shells, attached processes, forwards and copies: what another part opens, after everything that belongs before it.
struct SessionPlans: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func session(_ sort: String, _ words: String) async throws -> Draft {
        var reference = planning.objects[0]
        if reference.kind == .pods { reference = try await planning.present(reference).reference }
        let request = SessionRequest(
            environment: planning.action.environment, object: reference, verb: planning.action.verb, sort: sort)
        planning.say("looking at \(reference.shortName)")
        let prepared = try await planning.parts.sessions.prepare(request)
        var draft = Draft("\(words) \(reference.placedName)", Deed("opened", sort))
        draft.facts = prepared.facts
        draft.warnings = prepared.warnings
        draft.steps = [Step(reference) { run in try await Self.open(request, planning, run) }]
        return draft
    }

    /// Opens a session and has its end written down; `after` clears up what was made for it.
    static func open(
        _ request: SessionRequest, _ planning: Planning, _ run: StepRun,
        after: @escaping @Sendable () async -> Void = {}
    ) async throws -> StepOutcome {
        let note = SessionNote(planning, request)
        let permission = SessionPermission(
            permit: try run.permit(), say: run.say, isStopping: run.isStopping,
            ended: { how in
                await after()
                note.write(.sessionEnded, how)
            })
        let opened: SessionOutcome
        do {
            opened = try await planning.parts.sessions.open(request, permission)
        } catch {
            await after()
            throw StepFault(ActionRefusal(error).reason)
        }
        if opened.session != nil { note.write(.sessionOpened, opened.words) }
        var outcome = StepOutcome(opened.words)
        outcome.session = opened.session
        return outcome
    }
}

/// The audit file's lines about one session.
private struct SessionNote: Sendable {
    let audit: Audit
    let info: EnvironmentInfo
    let id: ActionID
    let request: SessionRequest

    init(_ planning: Planning, _ request: SessionRequest) {
        audit = planning.parts.audit
        info = planning.environment.info
        id = planning.id
        self.request = request
    }

    func write(_ event: AuditEntry.Event, _ how: String) {
        var entry = audit.entry(event, info, id)
        entry.words = request.sort
        entry.objects = [request.object]
        entry.answer = how
        // The action's own lines were written, or it would not have begun; a disk that has filled up since cannot be told
        // of by a session that is over.
        try? audit.write(entry)
    }
}
