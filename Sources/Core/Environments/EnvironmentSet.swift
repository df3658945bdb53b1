import Backends
import HTTP
import Model

/// All environments: those of the configuration first, then every context of the kubeconfig that none of them names.
///
/// Making it asks no server and runs no plugin.
public final class EnvironmentSet: Sendable {
    /// In the order in which they are shown.
    public let environments: [Environment]
    /// Where the console starts: the kubeconfig's current context, or the first where none is set. Nil when the current context
    /// does not exist: guessing could mean the wrong cluster.
    public let initial: EnvironmentID?
    /// Why there is no environment to start with, or why the kubeconfig gave none; nil when it did.
    public let problem: KubernetesError?

    /// `kubeconfig` is what loading it gave.
    public init(
        configuration: Configuration, kubeconfig: Result<Kubeconfig, KubernetesError>, surroundings: CoreSurroundings
    ) {
        let builder = EnvironmentBuilder(
            configuration: configuration, kubeconfig: kubeconfig, surroundings: surroundings)
        environments = builder.environments()
        problem = builder.problem()
        let current = environments.first { $0.info.context != nil && $0.info.context == builder.currentContext }
        initial = current?.info.id ?? (builder.isCurrentContextMissing ? nil : environments.first?.info.id)
    }

    public var infos: [EnvironmentInfo] { environments.map(\.info) }

    public subscript(id: EnvironmentID) -> Environment? { environments.first { $0.info.id == id } }

    /// By the environment's name or its context's. Throws `EnvironmentError` with the nearest right word.
    public func environment(named name: String) throws(EnvironmentError) -> Environment {
        if let found = self[EnvironmentID(name)] ?? environments.first(where: { $0.info.context == name }) {
            return found
        }
        throw EnvironmentError(unknown: name, known: environments.map(\.info.id.name))
    }
}

/// A name that is no environment.
public struct EnvironmentError: Error, Sendable, Equatable, CustomStringConvertible {
    public var message: String
    public var description: String { message }

    init(unknown name: String, known: [String]) {
        let start = "there is no environment or context \"\(name)\""
        if let nearest = closestWord(to: name, among: known) {
            message = "\(start); did you mean \"\(nearest)\"?"
        } else if known.isEmpty {
            message = "\(start); there are none at all"
        } else {
            let more = known.count > 12 ? ", …" : ""
            message = "\(start); there is \(known.prefix(12).joined(separator: ", "))\(more)"
        }
    }
}
