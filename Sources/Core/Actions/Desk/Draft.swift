import Model

/// What a planner found out and means to do: the plan that the person sees, and the steps behind it.
struct Draft: Sendable {
    var headline: String
    var facts: [ObjectDocument.Fact] = []
    var warnings: [String] = []
    var difference: [DifferenceLine] = []
    /// "restarted", "pod": for the sum at the end.
    var deed: Deed
    var steps: [Step]

    init(_ headline: String, _ deed: Deed, steps: [Step] = []) {
        self.headline = headline
        self.deed = deed
        self.steps = steps
    }
}

/// What is done to what, in the words of reports.
struct Deed: Sendable, Equatable {
    /// "restarted".
    var past: String
    /// "pod"; "pods" for several.
    var singular: String
    var plural: String

    init(_ past: String, _ singular: String, _ plural: String? = nil) {
        self.past = past
        self.singular = singular
        self.plural = plural ?? "\(singular)s"
    }

    /// For the objects of an action: their kind's name, or "objects" for several kinds.
    init(_ past: String, _ objects: [ObjectReference]) {
        guard let kind = objects.first?.kind, objects.allSatisfy({ $0.kind == kind }) else {
            self.init(past, "object")
            return
        }
        self.init(past, kind.singular, kind.plural)
    }

    /// "1 pod", "3 pods".
    func count(_ number: Int) -> String { "\(number) \(number == 1 ? singular : plural)" }
}
