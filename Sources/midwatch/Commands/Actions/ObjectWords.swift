import Core
import Model

/// Objects as people name them on a command line: "deploy/api pod/api-1", or a kind and names behind it.
struct ObjectWords {
    let words: [String]
    /// The kind that a word without one has: "node" for cordon.
    var kind: String?

    init(_ words: [String], kind: String? = nil) {
        self.words = words
        self.kind = kind
    }

    func references(in environment: Environment, namespace: String?) throws -> [ObjectReference] {
        try pairs.map { kind, name in
            // An empty name would mean all there are.
            guard !name.isEmpty, !kind.isEmpty else { throw PlainFailure(.mistaken, "a name is empty: KIND/NAME") }
            let found = try waiting { try await environment.kind(named: kind) }
            return ObjectReference(
                environment: environment.info.id, kind: found,
                namespace: found.isNamespaced ? namespace ?? environment.info.defaultNamespace : nil, name: name)
        }
    }

    private var pairs: [(kind: String, name: String)] {
        get throws {
            guard let first = words.first else { throw PlainFailure(.mistaken, "name what is meant: KIND/NAME") }
            if words.contains(where: { $0.contains("/") }) || kind != nil { return try words.map(pair) }
            guard words.count > 1 else { throw PlainFailure(.mistaken, "\(first) has no kind: write KIND/NAME") }
            return words.dropFirst().map { (first, $0) }
        }
    }

    private func pair(_ word: String) throws -> (kind: String, name: String) {
        let parts = word.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 1, let kind { return (kind, word) }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw PlainFailure(.mistaken, "\"\(word)\" is not KIND/NAME")
        }
        return (parts[0], parts[1])
    }
}
