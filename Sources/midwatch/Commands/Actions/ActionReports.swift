import Core
import Model

/// A plan for `-o json`.
struct PlanReport: Encodable {
    let headline: String
    let facts: [String]
    let warnings: [String]
    let difference: [String]
    let dryRun = true

    init(_ plan: ActionPlan) {
        headline = plan.headline
        facts = plan.facts.map { $0.value.isEmpty ? $0.name : "\($0.name): \($0.value)" }
        warnings = plan.warnings
        difference = plan.difference.map { line in
            switch line.kind {
            case .same: "  \(line.text)"
            case .removed: "- \(line.text)"
            case .added: "+ \(line.text)"
            case .place: "@@ \(line.text)"
            }
        }
    }
}

/// A report for `-o json`.
struct FinalReport: Encodable {
    struct Item: Encodable {
        let object: String
        let state: String
        let words: String
    }
    let summary: String
    let objects: [Item]
    let endedAt: String
    /// The way back, as a word for the person.
    let undo: String?

    init(_ report: ActionReport) {
        summary = report.summary
        endedAt = report.endedAt.rfc3339
        undo = report.undo?.title
        objects = report.progress.items.map { Item(object: $0.name, state: $0.state.word, words: $0.state.words) }
    }
}
