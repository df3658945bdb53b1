import Model
import PaneKit

/// Finds kinds in the world by the words people use for them, even before discovery has answered.
struct KindLookup {
    let world: World

    func kind(_ word: String, in environment: EnvironmentID) -> ResourceKind? {
        let served = world.kinds[environment] ?? []
        return KindIndex(served.isEmpty ? Self.known : served).resolve(word)
    }

    /// Whether any of the environments has such a kind.
    func isKind(_ word: String, in environments: [EnvironmentID]) -> Bool {
        environments.contains { kind(word, in: $0) != nil }
    }

    /// All kinds of the environments, by plural, without doubles.
    func all(in environments: [EnvironmentID]) -> [ResourceKind] {
        var seen: Set<String> = []
        let served = environments.flatMap { world.kinds[$0] ?? [] }
        return (served.isEmpty ? Self.known : served)
            .filter { $0.verbs.contains("list") && seen.insert($0.qualifiedName).inserted }
            .sorted { $0.plural < $1.plural }
    }

    private static let known: [ResourceKind] =
        ResourceKind.workloads + [
            .nodes, .namespaces, .services, .events, .secrets, .configMaps, .ingresses,
        ]
}
