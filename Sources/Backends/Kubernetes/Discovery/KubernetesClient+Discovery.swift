import HTTP
import JSON
import Model

/// Which kinds the server has.
extension KubernetesClient {
    // The plain form at the end makes old servers answer in it instead of refusing.
    private static let aggregatedAccept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
        + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"

    /// What the last discovery of this server found, at once and without asking; nil when there is nothing.
    public func cachedKinds(_ cache: DiscoveryCache) -> Discovery? {
        let parts = cache.load()
        return parts.isEmpty ? nil : Self.joined(parts)
    }

    /// Asks the server for its kinds; with a cache only for what changed, and the cache is brought up to date.
    public func discover(cache: DiscoveryCache? = nil) async throws -> Discovery {
        let old = cache?.load() ?? [:]
        async let core = part("api", old["api"])
        async let groups = part("apis", old["apis"])
        let parts = try await ["api": core, "apis": groups]
        if parts != old { cache?.store(parts) }
        return Self.joined(parts)
    }

    private static func joined(_ parts: [String: DiscoveryCache.Part]) -> Discovery {
        let inOrder = ["api", "apis"].compactMap { parts[$0]?.discovery }
        return Discovery(kinds: inOrder.flatMap(\.kinds), notices: inOrder.flatMap(\.notices))
    }

    private func part(_ root: String, _ old: DiscoveryCache.Part?) async throws -> DiscoveryCache.Part {
        var headers: HTTPHeaders = [:]
        if let tag = old?.tag, !tag.isEmpty { headers["If-None-Match"] = tag }
        let path = APIPath(root)
        let answer = try await send(.get, path, accept: Self.aggregatedAccept, headers: headers)
        if answer.status == 304, let old { return old }
        let value = try parse(answer, target: path.path)
        switch value["kind"]?.string {
        case "APIGroupDiscoveryList":
            return .init(tag: answer.headers["ETag"] ?? "", discovery: DiscoveryDecoder.aggregated(value))
        case "APIVersions":
            let versions = DiscoveryDecoder.texts(value["versions"])
            return .init(tag: "", discovery: try await oldForm([("", versions)]))
        case "APIGroupList":
            return .init(tag: "", discovery: try await oldForm(DiscoveryDecoder.groups(value)))
        case let other:
            throw KubernetesError.decoding(target: path.path, cause: "it is \(other ?? "something without a kind")")
        }
    }

    /// One question for each group and version, a few at a time; a group that fails is left out and named.
    private func oldForm(_ groups: [(name: String, versions: [String])]) async throws -> Discovery {
        let wanted = groups.flatMap { group in group.versions.map { (group: group.name, version: $0) } }
        var answers: [Int: Result<[ResourceKind], KubernetesError>] = [:]
        try await withThrowingTaskGroup(of: (Int, Result<[ResourceKind], KubernetesError>).self) { tasks in
            for (index, want) in wanted.enumerated() {
                if index >= 8, let (done, answer) = try await tasks.next() { answers[done] = answer }
                tasks.addTask { (index, try await resources(want.group, want.version)) }
            }
            for try await (done, answer) in tasks { answers[done] = answer }
        }
        var discovery = Discovery()
        var byGroup: [String: [[ResourceKind]]] = [:]
        for (index, want) in wanted.enumerated() {
            switch answers[index] {
            case .success(let kinds): byGroup[want.group, default: []].append(kinds)
            case .failure(let error): discovery.notices.append("\(want.group)/\(want.version): \(error.message)")
            case nil: break
            }
        }
        discovery.kinds = groups.flatMap { DiscoveryDecoder.preferred(byGroup[$0.name] ?? []) }
        return discovery
    }

    private func resources(
        _ group: String, _ version: String
    ) async throws -> Result<[ResourceKind], KubernetesError> {
        let path = group.isEmpty ? APIPath("api", version) : APIPath("apis", group, version)
        do {
            let value = try await json(.get, path)
            return .success(DiscoveryDecoder.resources(value, group: group, version: version))
        } catch let error as KubernetesError {
            return .failure(error)
        }
    }
}
