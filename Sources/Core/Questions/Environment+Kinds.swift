import Backends
import Model

extension Environment {
    /// The kind that a manifest names; nil where the server has none. Asks the server only when the kinds known from last time
    /// do not have it.
    func kind(_ kind: String, of apiVersion: String) async throws -> ResourceKind? {
        let client = try kubernetes()
        let cache = discoveryCache()
        if let known = cache.flatMap({ client.cachedKinds($0) }), let found = Self.find(kind, apiVersion, known.kinds) {
            return found
        }
        return Self.find(kind, apiVersion, try await client.discover(cache: cache).kinds)
    }

    /// A version that is not the server's own choice is as good: the server has it, or says so.
    private static func find(_ kind: String, _ apiVersion: String, _ kinds: [ResourceKind]) -> ResourceKind? {
        if let exact = kinds.first(where: { $0.kind == kind && $0.apiVersion == apiVersion }) { return exact }
        let parts = apiVersion.split(separator: "/", maxSplits: 1).map(String.init)
        guard parts.count == 2, var found = kinds.first(where: { $0.kind == kind && $0.group == parts[0] }) else {
            return nil
        }
        found.version = parts[1]
        return found
    }
}
