import Model

/// Which planner plans which verb.
extension Planning {
    func draft() async throws -> Draft {
        switch action.verb {
        case .restart where objects.allSatisfy({ $0.kind == .pods }): return try await PodPlans(self).restart()
        case .restart: return try await RolloutPlans(self).restart()
        case .delete(let options): return try await ObjectPlans(self).delete(options)
        case .scale(let replicas): return try await RolloutPlans(self).scale(to: replicas)
        default: throw ActionRefusal(.invalid, "this midwatch does not know how to do that yet")
        }
    }
}
