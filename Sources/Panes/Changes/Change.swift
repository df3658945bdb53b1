import Model
import PaneKit

/// One way to change objects: its command row, what it is for, what it needs to know, and the action it becomes.
struct Change: Sendable {
    var row: Command
    /// What it comes to for a kind, answers aside: says which kinds it is for and what the server must allow.
    var verb: @Sendable (ResourceKind) -> ActionVerb
    /// Why other kinds than pods are not for it, where the verb alone would take them; "" for no such limit.
    var onlyPods = ""
    var takesSeveral = true
    /// Changes nothing, so that it works where nothing may be changed.
    var isReading = false
    /// Asked one after the other; nil skips a question (its answer is ""). The answers so far are given.
    var questions: [@Sendable (ChangeSubject, [String]) -> Prompt?] = []
    var make: @Sendable (ChangeSubject, [String]) throws(Mistake) -> ActionVerb

    /// An answer that makes no sense, in plain words.
    struct Mistake: Error { var words: String }

    init(
        _ row: Command, verb: @escaping @Sendable (ResourceKind) -> ActionVerb, takesSeveral: Bool = true,
        questions: [@Sendable (ChangeSubject, [String]) -> Prompt?] = [],
        make: @escaping @Sendable (ChangeSubject, [String]) throws(Mistake) -> ActionVerb
    ) {
        self.row = row
        self.verb = verb
        self.takesSeveral = takesSeveral
        self.questions = questions
        self.make = make
    }

    /// The same verb for every kind; without `make` it is that verb as it stands.
    init(
        _ row: Command, _ verb: ActionVerb, onlyPods: String = "", takesSeveral: Bool = true, isReading: Bool = false,
        questions: [@Sendable (ChangeSubject, [String]) -> Prompt?] = [],
        make: (@Sendable (ChangeSubject, [String]) throws(Mistake) -> ActionVerb)? = nil
    ) {
        self.init(
            row, verb: { _ in verb }, takesSeveral: takesSeveral, questions: questions, make: make ?? { _, _ in verb })
        self.onlyPods = onlyPods
        self.isReading = isReading
    }

    /// Why it cannot be done now; nil when it can, as far as is known.
    func disabled(_ subject: ChangeSubject, in context: PaneContext) -> String? {
        guard let kind = subject.kind, let environment = subject.environment else { return subject.nothing }
        if let reason = subject.objects.lazy.compactMap({ verb($0.kind).misfit($0.kind) }).first { return reason }
        if !onlyPods.isEmpty, subject.objects.contains(where: { $0.kind != .pods }) { return onlyPods }
        if !takesSeveral, subject.objects.count > 1 {
            return "this is done to one at a time; \(subject.objects.count) are marked"
        }
        if subject.objects.contains(where: { $0.environment != environment }) {
            return "the marked rows are in several environments"
        }
        if !isReading, let reason = context.world.readOnly(environment) {
            let words = reason == "read-only" ? "\(environment) is read-only" : "\(environment): \(reason)"
            return "\(words); :unlock lifts it"
        }
        return forbidden(kind, subject, context.world)
    }

    private func forbidden(_ kind: ResourceKind, _ subject: ChangeSubject, _ world: World) -> String? {
        let needs = verb(kind).needs(on: kind)
        for feed in subject.feeds {
            guard let rights = world.rights[feed], case .rights(_, let namespace) = feed else { continue }
            let name = subject.objects.count == 1 ? subject.objects[0].name : ""
            // What belongs to no namespace is asked for where nodes are; elsewhere nobody knows.
            let denied = needs.first { need in
                need.kind.isNamespaced == !namespace.isEmpty
                    && rights.allows(need, name: need.kind == kind ? name : "") == false
            }
            if let denied { return "you may not \(denied.words)" + (namespace.isEmpty ? "" : " in \(namespace)") }
        }
        return nil
    }
}
