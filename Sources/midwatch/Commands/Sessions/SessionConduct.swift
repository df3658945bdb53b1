import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Takes an action that opens something through the desk, for subcommands that then live with what was opened.
struct SessionConduct {
    private static let id = ActionID(1)

    let session: CoreSession
    let environment: Environment
    private let options: ActionOptions

    /// `wake` is called when the session's inbox stops being empty.
    init(_ options: ActionOptions, wake: @escaping @Sendable () -> Void = {}) throws {
        self.options = options
        session = try options.connection.open(wake: wake)
        environment = try options.connection.oneEnvironment(of: session)
    }

    /// "web-1", "pod/web-1", "deploy/web".
    func object(_ word: String, namespace: String? = nil) throws -> ObjectReference {
        guard word.contains("/"), !word.hasPrefix("pod/") else {
            // Pods are the same on every server, so that none need be asked about kinds.
            let name = word.hasPrefix("pod/") ? String(word.dropFirst(4)) : word
            return ObjectReference(
                environment: environment.info.id, kind: .pods,
                namespace: namespace ?? options.namespace ?? environment.info.defaultNamespace, name: name)
        }
        let words = ObjectWords([word], kind: "pods")
        return try words.references(in: environment, namespace: namespace ?? options.namespace)[0]
    }

    /// A pod that was named, or the one pod that a workload's name leads to.
    func pod(_ word: String, namespace: String? = nil) throws -> ObjectReference {
        let object = try object(word, namespace: namespace)
        guard object.kind != .pods else { return object }
        return try waiting { [environment] in try await environment.servingPod(of: object) }
    }

    /// Opens it; nil after a dry run. What is open ends when the program is asked to end.
    func open(_ verb: ActionVerb, on object: ObjectReference) throws -> ActionReport? {
        let desk = session.desk
        desk.plan(Self.id, Action(verb, on: [object], in: environment.info.id), waits: true, rehearses: options.dryRun)
        let states = desk.states(of: Self.id)
        var isConfirmed = false
        while let state = try next(states) {
            switch state.phase {
            case .planning, .needsEditor: break
            case .running(let progress):
                if case .working(let words) = progress.items.first?.state, words != "sending" { complain(words) }
            case .refused(let refusal):
                throw PlainFailure(
                    refusal.failureKind, refusal.hint.isEmpty ? refusal.reason : "\(refusal.reason); \(refusal.hint)")
            case .planned(let plan):
                if isConfirmed { throw PlainFailure(.refused, plan.warnings.last ?? "it was not confirmed") }
                guard try confirm(plan) else { return nil }
                isConfirmed = true
            case .finished(let report): return try checked(report)
            }
        }
        throw PlainFailure(.other, "it was dropped")
    }

    /// Lets what was opened end in an orderly way.
    func shutDown() { try? waiting { [session] in await session.sessions.shutDown() } }  // it throws nothing

    private func next(_ states: AsyncStream<ActionState>) throws -> ActionState? {
        try waiting {
            var iterator = states.makeAsyncIterator()
            return await iterator.next()
        }
    }

    private func confirm(_ plan: ActionPlan) throws -> Bool {
        if options.dryRun {
            print(DisplayText.safe(PlanText(plan).text + "\nnothing was done (dry run)", keeping: ["\n"]))
            session.desk.stop(Self.id)
            return false
        }
        if plan.confirmation == .none { return true }
        complain(PlanText(plan).text)
        session.desk.confirm(Self.id, typed: try Confirming(options).word(for: plan.confirmation))
        return true
    }

    private func checked(_ report: ActionReport) throws -> ActionReport {
        guard let item = report.progress.items.first else { return report }
        switch item.state {
        case .failed(let words), .unknown(let words), .skipped(let words): throw PlainFailure(.other, words)
        default: return report
        }
    }
}
