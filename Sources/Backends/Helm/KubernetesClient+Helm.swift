import Foundation
import JSON
import Model

/// Helm releases, read from their release secrets; no helm program and no chart repository is asked.
extension KubernetesClient {
    /// The newest revision of every release, by namespace and name. Only labels are transferred, so the chart is not known.
    public func helmReleases(namespace: String?) async throws -> [HelmRelease] {
        let path = APIPath(Self.secrets, namespace: namespace).asking("labelSelector", "owner=helm")
        var newest: [String: HelmRelease] = [:]
        let accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
        _ = try await eachElement(of: path, accept: accept) { element, _ in
            guard let release = Self.release(labelled: element) else { return }
            let key = "\(release.namespace)/\(release.name)"
            if release.revision >= newest[key]?.revision ?? 0 { newest[key] = release }
        }
        return newest.values.sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
    }

    /// One release in full. `revision` nil is the newest; secrets are hidden unless `revealingSecrets`.
    public func helmRelease(
        _ name: String, namespace: String, revision: Int?, revealingSecrets: Bool = false
    ) async throws -> HelmReleaseDetail {
        let path = APIPath(Self.secrets, namespace: namespace).asking("labelSelector", "owner=helm,name=\(name)")
        var all: [HelmReleaseSecret] = []
        var faults: [KubernetesError] = []
        _ = try await eachElement(of: path) { element, _ in
            do throws(KubernetesError) { all.append(try HelmReleaseSecret(element)) } catch { faults.append(error) }
        }
        all.sort { $0.release.revision > $1.release.revision }
        guard let chosen = revision.map({ wanted in all.first { $0.release.revision == wanted } }) ?? all.first else {
            if let fault = faults.first { throw fault }
            throw Self.missing(name, namespace, revision)
        }
        return HelmReleaseDetail(
            release: chosen.release, history: all.map { .init($0.release, description: $0.description) },
            values: HiddenText.values(chosen.config, revealing: revealingSecrets),
            manifest: HiddenText.manifest(chosen.manifest, revealing: revealingSecrets), notes: chosen.notes)
    }

    private static func missing(_ name: String, _ namespace: String, _ revision: Int?) -> KubernetesError {
        let which = revision.map { "revision \($0) of release \(name)" } ?? "release \(name)"
        return .status(
            code: 404, reason: "NotFound", message: "there is no \(which) in \(namespace)", target: "helm releases")
    }

    /// A secret's labels say which revision of which release it is: no secret has to be read for a list.
    private static func release(labelled secret: JSONValue) -> HelmRelease? {
        let labels = secret[path: "metadata", "labels"]
        guard let name = labels?["name"]?.string, let revision = labels?["version"]?.string.flatMap({ Int($0) }) else {
            return nil
        }
        let modified = labels?["modifiedAt"]?.string ?? labels?["createdAt"]?.string
        let created = Timestamp(rfc3339: secret.text("metadata", "creationTimestamp")) ?? .zero
        return HelmRelease(
            namespace: secret.text("metadata", "namespace"), name: name, revision: revision,
            status: labels?["status"]?.string ?? "",
            updated: modified.flatMap { Double($0) }.map { Timestamp(nanoseconds: Int64($0) * 1_000_000_000) }
                ?? created)
    }

    static let secrets = ResourceKind(version: "v1", plural: "secrets", kind: "Secret")
}
