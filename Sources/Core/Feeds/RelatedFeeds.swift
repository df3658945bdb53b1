import Backends
import Model

/// Feeds of what hangs together with an object, and of Helm releases: neither can be watched for the price it is worth.
extension Environment {
    func relatedFeed(_ object: ObjectReference, _ question: RelatedObjects.Question) -> any Feed {
        PollingFeed<RelatedObjects>(pacer: pacer, change: FeedChange.related) { [self] in
            let client = try kubernetes()
            let kinds = discoveryCache().flatMap { client.cachedKinds($0)?.kinds } ?? []
            let related = try await client.related(to: object, question, kinds: kinds)
            return .init(value: related, notices: related.notices, next: question == .tree ? 5 : 20)
        }
    }

    func releasesFeed() -> any Feed {
        PollingFeed<[HelmRelease]>(pacer: pacer, change: FeedChange.releases) { [self] in
            let (releases, notices) = try await helmReleases()
            return .init(value: releases, notices: notices, next: 15)
        }
    }

    func releaseFeed(_ reference: HelmReleaseReference) -> any Feed {
        PollingFeed<HelmReleaseDetail>(pacer: pacer, change: FeedChange.release) { [self] in
            let detail = try await kubernetes().helmRelease(
                reference.name, namespace: reference.namespace, revision: reference.revision)
            return .init(value: detail, next: 15)
        }
    }

    /// Every release there is; where secrets may not be listed everywhere, those of the namespaces that are known.
    func helmReleases() async throws -> (releases: [HelmRelease], notices: [String]) {
        let client = try kubernetes()
        do {
            return (try await client.helmReleases(namespace: nil), [])
        } catch let error as KubernetesError where error.statusCode == 403 {
            var releases: [HelmRelease] = []
            var refused: [String] = []
            let known = Set(info.knownNamespaces + [info.defaultNamespace]).sorted()
            for namespace in known {
                do {
                    releases += try await client.helmReleases(namespace: namespace)
                } catch let refusal as KubernetesError where refusal.statusCode == 403 {
                    refused.append(namespace)
                }
            }
            guard refused.count < known.count else { throw error }
            let places = known.filter { !refused.contains($0) }.joined(separator: ", ")
            return (releases, ["showing \(places) only: listing secrets in all namespaces is forbidden"])
        }
    }
}
