import Backends
import JSON
import Model

/// The steps of verbs that need no plan of their own: for ways back that differ from object to object and are put together.
enum VerbStep {
    static func step(_ verb: ActionVerb, on object: ObjectReference) -> Step? {
        switch verb {
        case .scale(let replicas):
            Step(object) { run in
                try await run.writer().scale(object, to: replicas)
                return StepOutcome("scaled back to \(replicas)")
            }
        case .label(let changes): marks(.labels, changes, object)
        case .annotate(let changes): marks(.annotations, changes, object)
        case .setImage(let images):
            Step(object) { run in
                let now = PresentObject(reference: object, value: try await run.client.rawObject(object))
                try await run.writer().patch(object, .strategic, try ImageChange(now, images).patch)
                return StepOutcome("has its former images")
            }
        case .undoRollout(let revision):
            Step(object) { run in
                let now = PresentObject(reference: object, value: try await run.client.rawObject(object))
                let history = try await RolloutHistory(run.client, now)
                let target = try history.target(revision)
                try await history.patch(run.writer(), to: target)
                return StepOutcome("rolled back to revision \(target.number)")
            }
        default: nil
        }
    }

    private static func marks(
        _ marks: ObjectPlans.Marks, _ changes: [String: String?], _ object: ObjectReference
    ) -> Step {
        Step(object) { run in
            try await run.writer().patch(object, .merge, ObjectPlans.patch(marks, changes))
            return StepOutcome("has its former \(marks.rawValue)")
        }
    }
}
