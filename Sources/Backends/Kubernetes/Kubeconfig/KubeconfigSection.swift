/// The contexts, clusters or users of all files: by name, in the order they are written; the first of a name counts.
///
/// An entry with a mistake keeps its place as a failure, so that the others can be used.
struct KubeconfigSection<Entry: Sendable>: Sendable {
    private(set) var names: [String] = []
    private var entries: [String: Result<Entry, KubernetesError>] = [:]

    var isEmpty: Bool { names.isEmpty }

    /// The entry of that name, nil when there is none; throws its mistake.
    subscript(name: String) -> Entry? {
        get throws(KubernetesError) { try entries[name]?.get() }
    }

    mutating func add(_ name: String, _ entry: Result<Entry, KubernetesError>) {
        guard entries[name] == nil else { return }
        names.append(name)
        entries[name] = entry
    }

    mutating func replace(_ name: String, with fault: KubernetesError) { entries[name] = .failure(fault) }

    func merged(with later: KubeconfigSection) -> KubeconfigSection {
        var merged = self
        for name in later.names { merged.add(name, later.entries[name]!) }
        return merged
    }
}
