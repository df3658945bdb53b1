import Canvas
import Model

/// A plan as a person reads it on a command line.
struct PlanText {
    let text: String

    init(_ plan: ActionPlan) {
        var lines = [plan.headline]
        let width = plan.facts.map { DisplayText.width($0.name) + 2 * $0.depth }.max() ?? 0
        for fact in plan.facts {
            let name = String(repeating: "  ", count: fact.depth + 1) + fact.name
            let padding = String(repeating: " ", count: max(0, width + 4 - DisplayText.width(name)))
            lines.append(fact.value.isEmpty ? name : name + padding + fact.value)
        }
        lines += plan.warnings.map { "  ! \($0)" }
        lines += plan.difference.map(\.line)
        text = lines.map { DisplayText.safe($0) }.joined(separator: "\n")
    }
}

extension DifferenceLine {
    /// As in a unified difference.
    fileprivate var line: String {
        switch kind {
        case .same: "  \(text)"
        case .removed: "- \(text)"
        case .added: "+ \(text)"
        case .place: "@@ \(text)"
        }
    }
}
