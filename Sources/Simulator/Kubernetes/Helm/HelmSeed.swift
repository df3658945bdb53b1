import Foundation

/// The company's Helm releases as Helm 3 keeps them: one secret for each revision, in the release's namespace.
struct HelmSeed: Sendable {
    let now: Date

    private struct Release {
        var namespace: String
        var name: String
        var chart: String
        var versions: [(chart: String, app: String)]
        /// Of the newest revision; those before are superseded.
        var status: String
        var description: String
        var values: SimJSON
    }

    private static let releases = [
        Release(
            namespace: "logging", name: "log-collector", chart: "log-collector",
            versions: [("1.4.0", "1.16.2"), ("1.4.2", "1.16.5"), ("1.5.0", "1.17.0")], status: "deployed",
            description: "Upgrade complete",
            values: [
                "output": [
                    "host": "elasticsearch.logging", "port": 9200, "user": "collector", "password": "make-believe",
                ],
                "replicas": 3,
            ]),
        Release(
            namespace: "monitoring", name: "alert-stack", chart: "alert-stack",
            versions: [("8.1.0", "0.27.0"), ("8.2.1", "0.27.0")], status: "deployed",
            description: "Upgrade complete", values: ["retention": "120h", "slack": ["token": "make-believe-token"]]),
        Release(
            namespace: "platform", name: "edge-gateway", chart: "edge-gateway",
            versions: [("2.0.3", "3.1"), ("2.1.0", "3.2")], status: "failed",
            description: "Upgrade \"edge-gateway\" failed: timed out waiting for the condition",
            values: ["tls": ["enabled": true]]),
    ]

    /// The secrets of those releases whose namespaces the cluster has.
    func secrets(namespaces: Set<String>) -> [SimJSON] {
        Self.releases.filter { namespaces.contains($0.namespace) }.flatMap { release in
            release.versions.indices.map { secret(release, $0) }
        }
    }

    private func secret(_ release: Release, _ index: Int) -> SimJSON {
        let isNewest = index == release.versions.count - 1
        let status =
            isNewest
            ? release.status
            : index == release.versions.count - 2 && release.status == "failed" ? "deployed" : "superseded"
        let at = now.addingTimeInterval(-Double(release.versions.count - index) * 6 * 86_400)
        let content = Data(Gzip.deflated(body(release, index, status, at).bytes)).base64EncodedString()
        return [
            "metadata": Manifest.metadata(
                name: "sh.helm.release.v1.\(release.name).v\(index + 1)", namespace: .string(release.namespace),
                createdAt: at,
                labels: [
                    "modifiedAt": .string("\(Int(at.timeIntervalSince1970))"), "name": .string(release.name),
                    "owner": "helm", "status": .string(status), "version": .string("\(index + 1)"),
                ]),
            "data": ["release": .string(Data(content.utf8).base64EncodedString())], "type": "helm.sh/release.v1",
        ]
    }

    private func body(_ release: Release, _ index: Int, _ status: String, _ at: Date) -> SimJSON {
        let version = release.versions[index]
        return [
            "name": .string(release.name),
            "info": [
                "first_deployed": .string(KubeTime.text(now.addingTimeInterval(-30 * 86_400))),
                "last_deployed": .string(KubeTime.text(at)), "deleted": "",
                "description": .string(
                    index == 0
                        ? "Install complete" : status == release.status ? release.description : "Upgrade complete"),
                "status": .string(status),
                "notes": .string(
                    "\(release.name) \(version.chart) is up.\n\nRead its logs with:\n  midwatch logs deploy/\(release.name) -n \(release.namespace)\n"
                ),
            ],
            "chart": [
                "metadata": [
                    "name": .string(release.chart), "version": .string(version.chart),
                    "appVersion": .string(version.app), "apiVersion": "v2",
                    "description": "A make-believe chart of Lanternpay",
                ], "values": ["replicas": 2], "templates": .array([]),
            ], "config": release.values, "manifest": .string(manifest(release, version.app)),
            "version": .int(index + 1),
            "namespace": .string(release.namespace),
        ]
    }

    private func manifest(_ release: Release, _ app: String) -> String {
        """
        ---
        # Source: \(release.chart)/templates/config.yaml
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: \(release.name)-chart
          labels: {app.kubernetes.io/managed-by: Helm, app.kubernetes.io/version: "\(app)"}
        data:
          mode: standard
        ---
        # Source: \(release.chart)/templates/secret.yaml
        apiVersion: v1
        kind: Secret
        metadata:
          name: \(release.name)-chart
        type: Opaque
        data:
          password: bWFrZS1iZWxpZXZl

        """
    }
}
