import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Takes one action through the desk for a subcommand: prints the plan, asks where it must, tells how it goes and ends.
struct ActionConduct {
    private static let id = ActionID(1)

    let session: CoreSession
    let options: ActionOptions

    init(_ options: ActionOptions) throws {
        self.options = options
        session = try options.connection.open()
    }

    var environment: Environment { get throws { try options.connection.oneEnvironment(of: session) } }

    /// Plans, asks and carries out a verb on objects that are named by words.
    static func run(_ options: ActionOptions, _ verb: ActionVerb, on words: ObjectWords) throws {
        let conduct = try ActionConduct(options)
        let environment = try conduct.environment
        let objects = try words.references(in: environment, namespace: options.namespace)
        try conduct.run(Action(verb, on: objects, in: environment.info.id))
    }

    /// The same for a verb whose text names the objects; the namespace is for those that name none.
    static func run(_ options: ActionOptions, withoutObjects verb: ActionVerb) throws {
        let conduct = try ActionConduct(options)
        let environment = try conduct.environment
        try conduct.run(Action(verb, on: [], in: environment.info.id, namespace: options.namespace))
    }

    func run(_ action: Action) throws {
        let (desk, waits) = (session.desk, options.wait)
        desk.plan(Self.id, action, waits: waits, rehearses: options.dryRun)
        let states = desk.states(of: Self.id)
        var teller = ProgressTeller(isSilent: options.output == .json)
        var isConfirmed = false
        while let state = try Self.next(states) {
            switch state.phase {
            case .planning: break
            case .refused(let refusal): return try end(refusal)
            case .needsEditor(let request): desk.edited(Self.id, status: try EditorProgram().run(request))
            case .planned(let plan):
                // The same plan once more: the word was wrong.
                if isConfirmed { throw PlainFailure(.refused, plan.warnings.last ?? "it was not confirmed") }
                guard try confirm(plan) else { return }
                isConfirmed = true
            case .running(let progress): teller.tell(progress)
            case .finished(let report): return try end(report, &teller)
            }
        }
    }

    /// The main thread has nothing else to do than to wait.
    private static func next(_ states: AsyncStream<ActionState>) throws -> ActionState? {
        try waiting {
            var iterator = states.makeAsyncIterator()
            return await iterator.next()
        }
    }

    /// Returns whether it goes on.
    private func confirm(_ plan: ActionPlan) throws -> Bool {
        if options.dryRun {
            try print(plan)
            session.desk.stop(Self.id)
            return false
        }
        if plan.confirmation == .none { return true }
        if options.output == .text { complain(PlanText(plan).text) }
        session.desk.confirm(Self.id, typed: try Confirming(options).word(for: plan.confirmation))
        return true
    }

    private func print(_ plan: ActionPlan) throws {
        switch options.output {
        case .text:
            Swift.print(DisplayText.safe(PlanText(plan).text + "\nnothing was changed (dry run)", keeping: ["\n"]))
        case .json: try JSONOutput.print(PlanReport(plan))
        }
    }

    private func end(_ refusal: ActionRefusal) throws {
        // Leaving the editor without a change is no failure.
        if refusal == ActionRefusal(.invalid, "nothing was changed") {
            return complain("midwatch: nothing was changed")
        }
        throw PlainFailure(
            refusal.failureKind, refusal.hint.isEmpty ? refusal.reason : "\(refusal.reason); \(refusal.hint)")
    }

    private func end(_ report: ActionReport, _ teller: inout ProgressTeller) throws {
        switch options.output {
        case .text:
            // The sum says it for a single one.
            if report.progress.items.count > 1 { teller.tell(report.progress) }
            if let value = report.revealed {
                Swift.print(
                    isatty(STDOUT_FILENO) != 0 ? DisplayText.safe(value.text, keeping: ["\n", "\t"]) : value.text)
            } else {
                Swift.print(DisplayText.safe(report.summary))
            }
        case .json: try JSONOutput.print(FinalReport(report))
        }
        let states = report.progress.items.map(\.state)
        if states.contains(where: { if case .unknown = $0 { true } else { false } }) { throw ExitCode(3) }
        if !states.allSatisfy({ if case .done = $0 { true } else { false } }) { throw ExitCode(1) }
    }
}

extension ActionRefusal {
    /// What a script is told by the exit code.
    var failureKind: PlainFailure.Kind {
        switch kind {
        case .readOnly, .forbidden, .rejected: .refused
        case .invalid: .mistaken
        case .changed: .notFound
        case .unreachable: .unreachable
        case .audit: .other
        }
    }
}
