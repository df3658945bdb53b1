import Model

/// One object on its way through the person's editor.
final class Editing: Sendable {
    static func begin(_ planning: Planning) async throws -> ActionRun.PlanningResult {
        throw ActionRefusal(.invalid, "this midwatch does not edit objects yet")
    }
    func edited(status: Int32, _ planning: Planning) async throws -> ActionRun.PlanningResult {
        throw ActionRefusal(.invalid, "this midwatch does not edit objects yet")
    }
    func close() {}
}
