import Backends
import Model

/// What can be asked about roll-outs, for subcommands.
extension Environment {
    /// The revisions of a deployment, stateful set or daemon set, oldest first.
    public func revisions(of workload: ObjectReference) async throws -> [RolloutRevision] {
        try await plainly {
            let client = try kubernetes()
            let present = try await rolling(workload)
            return try await RolloutHistory(client, present).revisions
        }
    }

    /// Follows a roll-out until it is complete; says each change. Throws when it has failed.
    public func followRollout(
        of workload: ObjectReference, waits: Bool, say: @escaping @Sendable (String) -> Void
    ) async throws {
        try await plainly {
            var last = ""
            while true {
                let value = try await rolling(workload).value
                guard !RolloutState.isOnDelete(value) else {
                    throw PlainFailure(
                        .mistaken, "\(workload.shortName) replaces its pods only when they are deleted (OnDelete)")
                }
                let state = RolloutState(value, kind: workload.kind)
                if state.words != last { say(state.words) }
                last = state.words
                switch state.phase {
                case .complete: return
                case .failed(let reason): throw PlainFailure(.other, "\(workload.shortName): \(reason)")
                case .moving: guard waits else { throw PlainFailure(.other, "it is not complete yet") }
                }
                try await pacer.sleep(1)
            }
        }
    }

    private func rolling(_ workload: ObjectReference) async throws -> PresentObject {
        if let misfit = ActionVerb.undoRollout(revision: nil).misfit(workload.kind) {
            throw PlainFailure(.mistaken, misfit)
        }
        var found = workload
        let value = try await kubernetes().rawObject(workload)
        found.uid = value.text("metadata", "uid")
        return PresentObject(reference: found, value: value)
    }
}
