import Model

extension World {
    /// What is wrong with the namespaces of a scope, in plain words; nil when they are there, or when nobody can tell.
    public func missingNamespace(in scope: Scope) -> String? {
        let feeds = scope.environments.map { FeedID.table(TableQuery(environment: $0, kind: .namespaces)) }
        guard feeds.allSatisfy({ status(of: $0).phase == .live }) else { return nil }
        let names = Set(feeds.flatMap { tables[$0]?.rows ?? [] }.compactMap { $0?.name })
        guard let missing = scope.namespaces.names.first(where: { !names.contains($0) }) else { return nil }
        let near = closestWord(to: missing, among: names.sorted()).map { " · did you mean \($0)?" } ?? ""
        return "there is no namespace \(missing) in \(scope.environments.map(\.name).joined(separator: ", "))\(near)"
    }
}
