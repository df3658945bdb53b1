import Backends
import Model

/// Rolls Helm releases back through the helm program, where it is installed.
struct ReleasePlans: Sendable {
    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func rollBack(_ name: String, to revision: Int) async throws -> Draft {
        guard revision > 0 else { throw ActionRefusal(.invalid, "\(revision) is no revision", hint: "1 or more") }
        guard Self.isName(name) else { throw ActionRefusal(.invalid, "\"\(name)\" is no release's name") }
        let reference = planning.objects[0]
        let namespace = reference.namespace ?? planning.defaultNamespace
        let helm: HelmProgram
        do {
            helm = try HelmProgram(variables: variables)
        } catch {
            throw ActionRefusal(.invalid, error.message, hint: "install it, or look at the release's history")
        }
        let context = planning.environment.info.context
        var draft = Draft(
            "roll back release \(namespace)/\(name) to revision \(revision)", Deed("rolled back", "release"))
        draft.facts = [.init("program", helm.path), .init("context", context ?? "helm's own")]
        draft.warnings = [
            "helm has no dry run that the server checks: what it changes is told by the release's manifests"
        ]
        draft.steps = [
            Step(name: "release/\(name)", object: reference) { run in
                run.say("helm is at work")
                do throws(HelmProgram.Fault) {
                    let words = try await helm.rollBack(
                        name, namespace: namespace, to: revision, context: context, permit: try Self.permit(run))
                    return StepOutcome(
                        words.isEmpty ? "rolled back to revision \(revision)" : words,
                        changes: [FieldChange("revision", nil, String(revision))])
                } catch {
                    throw StepFault(error.message, error.isUncertain ? .unseen : .failed)
                }
            }
        ]
        return draft
    }

    private static func permit(_ run: StepRun) throws(HelmProgram.Fault) -> WritePermit {
        do {
            return try run.permit()
        } catch {
            throw HelmProgram.Fault(message: ActionRefusal(error).reason, isUncertain: false)
        }
    }

    /// The kubeconfig that was named on the command line counts for helm too.
    private var variables: [String: String] {
        let surroundings = planning.environment.surroundings
        guard let file = surroundings.kubeconfig else { return surroundings.variables }
        return surroundings.variables.merging(["KUBECONFIG": file]) { $1 }
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.first, first.isLetter || first.isNumber else { return false }
        return name.utf8.count <= 53
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
    }
}
