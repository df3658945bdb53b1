import Model
import PaneKit

/// Finds kinds by the words people use for them: plural, singular, short name, kind, "plural.group".
struct KindLookup {
    let world: World

    /// The kind in one environment; known kinds are found even before discovery has answered.
    func kind(_ word: String, in environment: EnvironmentID) -> ResourceKind? {
        let wanted = word.lowercased()
        let served = world.kinds[environment] ?? []
        return served.first { $0.plural == wanted && Self.isBuiltIn($0) }
            ?? served.first { Self.matches($0, wanted) && Self.isBuiltIn($0) }
            ?? served.first { Self.matches($0, wanted) }
            ?? (served.isEmpty ? Self.known.first { Self.matches($0, wanted) } : nil)
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
        ResourceKind.workloads + [.nodes, .namespaces, .services, .events]

    private static func matches(_ kind: ResourceKind, _ word: String) -> Bool {
        kind.plural == word || kind.singular == word || kind.shortNames.contains(word) || kind.qualifiedName == word
            || kind.kind.lowercased() == word
    }

    /// kubectl, too, prefers the groups that come with Kubernetes when a word fits several.
    private static func isBuiltIn(_ kind: ResourceKind) -> Bool {
        !kind.group.contains(".") || (kind.group.hasSuffix(".k8s.io") && kind.group != "metrics.k8s.io")
    }
}
