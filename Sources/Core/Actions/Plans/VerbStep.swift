import JSON
import Model

/// The steps of verbs that need nothing but the object, for ways back that are put together.
enum VerbStep {
    static func step(_ verb: ActionVerb, on object: ObjectReference) -> Step? {
        switch verb {
        case .scale(let replicas):
            return Step(object) { run in
                try await run.writer().scale(object, to: replicas)
                return StepOutcome("scaled back to \(replicas)")
            }
        default: return nil
        }
    }
}
