import Backends
import Model

/// Releases and relations as subcommands ask them once. All throw `PlainFailure`.
extension Environment {
    /// What hangs together with an object.
    public func related(
        to object: ObjectReference, _ question: RelatedObjects.Question
    ) async throws -> RelatedObjects {
        try await plainly {
            let client = try kubernetes()
            let known = discoveryCache().flatMap { client.cachedKinds($0)?.kinds }
            let kinds: [ResourceKind]
            if let known { kinds = known } else { kinds = try await client.discover(cache: discoveryCache()).kinds }
            return try await client.related(to: object, question, kinds: kinds)
        }
    }

    /// Every Helm release that the person may see, and plain words about those they may not.
    public func releases() async throws -> (releases: [HelmRelease], notices: [String]) {
        try await plainly { try await helmReleases() }
    }

    /// One release in full; secrets are hidden unless `revealingSecrets`.
    public func release(
        _ name: String, namespace: String, revision: Int?, revealingSecrets: Bool
    ) async throws -> HelmReleaseDetail {
        try await plainly {
            try await kubernetes().helmRelease(
                name, namespace: namespace, revision: revision, revealingSecrets: revealingSecrets)
        }
    }
}
