import Backends
import Model

/// Takes back what an action of this run did, where no verb says how.
struct RevertPlan: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func draft(_ id: ActionID) throws -> Draft {
        guard let way = planning.parts.kept.way(of: id, now: planning.pacer.now) else {
            throw ActionRefusal(.invalid, "it is too late: the way back was kept for \(Int(KeptWays.seconds)) s")
        }
        var draft = Draft(way.title, Deed("put back", "object"))
        draft.facts = way.steps.prefix(10).map { .init("put back", $0.name) }
        draft.steps = way.steps
        return draft
    }
}
