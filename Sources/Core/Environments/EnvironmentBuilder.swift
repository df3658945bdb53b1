import Backends
import HTTP
import Model

/// Joins configuration and kubeconfig into environments.
struct EnvironmentBuilder {
    let configuration: Configuration
    let kubeconfig: Result<Kubeconfig, KubernetesError>
    let surroundings: CoreSurroundings

    // Why there is no kubeconfig is what `problem` says.
    private var contexts: [String] { (try? kubeconfig.get())?.contextNames ?? [] }
    var currentContext: String? { (try? kubeconfig.get())?.currentContext }
    var isCurrentContextMissing: Bool { currentContext.map { !contexts.contains($0) } ?? false }

    func environments() -> [Environment] {
        var entries = configuration.environments.map(withContext)
        let named = Set(entries.compactMap(\.context)).union(entries.map(\.name))
        entries += contexts.filter { !named.contains($0) }.map { name in
            var entry = EnvironmentConfiguration(name: name)
            entry.context = name
            return guarded(entry, like: entries)
        }
        return entries.isEmpty ? inCluster() : entries.map(environment)
    }

    /// A context that the configuration does not name, and that leads to a server of environments it does name, is guarded
    /// like those: another name for production is production.
    private func guarded(
        _ entry: EnvironmentConfiguration, like named: [EnvironmentConfiguration]
    ) -> EnvironmentConfiguration {
        guard let server = server(of: entry) else { return entry }
        let same = named.filter { ($0.protected || $0.readOnly) && self.server(of: $0) == server }
        var entry = entry
        entry.protected = same.contains(where: \.protected)
        entry.readOnly = same.contains(where: \.readOnly)
        return entry
    }

    /// nil for what leads nowhere.
    private func server(of entry: EnvironmentConfiguration) -> String? {
        // A context that is broken has no server to compare; whoever uses it is told why.
        guard let context = entry.context, let kubeconfig = try? kubeconfig.get(),
            let (connection, _) = try? kubeconfig.connection(context: context)
        else { return nil }
        return connection.server
    }

    /// What loading the kubeconfig, or finding anything in it, came to.
    func problem() -> KubernetesError? {
        switch kubeconfig {
        case .failure(let error): return error
        case .success(let kubeconfig):
            guard kubeconfig.contextNames.isEmpty || isCurrentContextMissing else { return nil }
            return Result { () throws(KubernetesError) in try kubeconfig.connection() }.failure
        }
    }

    /// Without a context of its own, an environment has the context of its name, where there is one.
    private func withContext(_ entry: EnvironmentConfiguration) -> EnvironmentConfiguration {
        guard entry.context == nil, contexts.contains(entry.name) else { return entry }
        var entry = entry
        entry.context = entry.name
        return entry
    }

    private func environment(_ entry: EnvironmentConfiguration) -> Environment {
        guard let context = entry.context else { return environment(entry, nil, EnvironmentInfo(id: "", systems: [])) }
        let found = kubeconfig.flatMap { kubeconfig in
            Result { () throws(KubernetesError) in try kubeconfig.connection(context: context) }
        }
        switch found {
        case .success(let (connection, info)): return environment(entry, .success(connection), info)
        case .failure(let error):
            return environment(entry, .failure(error), EnvironmentInfo(id: "", context: context))
        }
    }

    private func environment(
        _ entry: EnvironmentConfiguration, _ connection: Result<KubernetesConnection, KubernetesError>?,
        _ base: EnvironmentInfo
    ) -> Environment {
        var info = base
        info.id = EnvironmentID(entry.name)
        info.isProtected = entry.protected
        info.isReadOnly = entry.readOnly
        for name in entry.namespaces where !info.knownNamespaces.contains(name) { info.knownNamespaces.append(name) }
        for (name, system) in entry.systems {
            info.systems.insert(name)
            if system.insecure { info.warnings.append("TLS verification is off for \(name)") }
            if system.sendsLoginOpenly { info.warnings.append("the login of \(name) is sent over plain http") }
        }
        return Environment(
            info: info, configuration: entry, logs: configuration.logs, connection: connection,
            surroundings: surroundings)
    }

    /// In a pod, with neither configuration nor kubeconfig: its service account.
    private func inCluster() -> [Environment] {
        guard case .success(let kubeconfig) = kubeconfig, let (connection, info) = try? kubeconfig.connection() else {
            // Why not is what `problem` says.
            return []
        }
        return [environment(EnvironmentConfiguration(name: info.id.name), .success(connection), info)]
    }
}

extension EnvironmentConfiguration {
    /// The configured systems by their keys.
    var systems: [(name: String, system: SystemConfiguration)] {
        [("elasticsearch", elasticsearch), ("jenkins", jenkins), ("alertmanager", alertmanager)].compactMap {
            name, system in system.map { (name, $0) }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? { if case .failure(let error) = self { error } else { nil } }
}
