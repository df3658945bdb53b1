import Backends
import Foundation
import Model

/// Rolls Helm releases back through the helm program, where it is installed.
struct ReleasePlans: Sendable {
    private static let seconds = 300.0

    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func rollBack(_ name: String, to revision: Int) async throws -> Draft {
        guard revision > 0 else { throw ActionRefusal(.invalid, "\(revision) is no revision", hint: "1 or more") }
        guard Self.isName(name) else { throw ActionRefusal(.invalid, "\"\(name)\" is no release's name") }
        let reference = planning.objects[0]
        let namespace = reference.namespace ?? planning.defaultNamespace
        let helm = try helm()
        planning.say("asking helm what it would do")
        _ = try planning.rehearsal()
        let words = ["rollback", name, String(revision), "--namespace", namespace] + place
        _ = try await run(helm, words + ["--dry-run"])
        var draft = Draft(
            "roll back release \(namespace)/\(name) to revision \(revision)", Deed("rolled back", "release"))
        draft.facts = [.init("program", helm), .init("checked", "by helm's dry run", tone: .good)]
        draft.steps = [
            Step(name: "release/\(name)", object: reference) { run in
                // helm speaks to the server by itself: the guard is asked all the same.
                _ = try run.permit()
                run.say("helm is at work")
                _ = try await self.run(helm, words)
                return StepOutcome(
                    "rolled back to revision \(revision)", changes: [FieldChange("revision", nil, String(revision))])
            }
        ]
        return draft
    }

    /// The kubeconfig and the context that this environment is.
    private var place: [String] {
        let kubeconfig = planning.environment.surroundings.kubeconfig.map { ["--kubeconfig", $0] } ?? []
        return kubeconfig + (planning.environment.info.context.map { ["--kube-context", $0] } ?? [])
    }

    private func helm() throws -> String {
        guard let path = ProgramRun.path(of: "helm", variables: planning.environment.surroundings.variables) else {
            throw ActionRefusal(
                .invalid, "helm is not installed here", hint: "install it, or look at the release's history")
        }
        return path
    }

    private func run(_ helm: String, _ words: [String]) async throws -> String {
        do {
            return try await ProgramRun(helm, words, variables: planning.environment.surroundings.variables).output(
                within: Self.seconds)
        } catch let fault as ProgramRun.Fault {
            throw StepFault("helm: \(fault.message)")
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isLetter || first.isNumber else { return false }
        return name.utf8.count <= 53
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
    }
}
