import Foundation
import JSON

/// What a plugin is told in `KUBERNETES_EXEC_INFO`: an ExecCredential of the client.authentication.k8s.io group.
struct ExecRequest: Sendable, Equatable {
    /// What a plugin learns about the cluster when the kubeconfig says `provideClusterInfo`.
    struct Cluster: Sendable, Equatable {
        var server: String
        var serverName = ""
        var skipsVerification = false
        var authority: [UInt8] = []
        var proxy = ""
        var disableCompression = false
        /// JSON text.
        var configuration: String?
    }

    var version: ExecPlugin.Version
    var cluster: Cluster?

    /// Members in the order of kubectl's; absent ones are left out, except `config`, which is null.
    var json: String {
        var spec: [(key: String, value: JSONLiteral)] = []
        if let cluster { spec.append(("cluster", cluster.json)) }
        spec.append(("interactive", false))
        let whole: JSONLiteral = [
            "kind": "ExecCredential", "apiVersion": .string(version.rawValue), "spec": .object(spec),
        ]
        return whole.text
    }
}

extension ExecRequest.Cluster {
    init(_ cluster: KubeconfigCluster, server: String) throws(KubernetesError) {
        self.server = server
        serverName = cluster.serverName
        skipsVerification = cluster.skipsVerification
        proxy = cluster.proxy
        disableCompression = cluster.disableCompression
        configuration = cluster.pluginConfiguration
        authority = cluster.authorityData
        if authority.isEmpty, !cluster.authorityFile.isEmpty {
            let role = "the certificate-authority of cluster \(cluster.name)"
            authority = try readable(cluster.authorityFile, as: role, cluster.place)
        }
    }

    fileprivate var json: JSONLiteral {
        var members: [(key: String, value: JSONLiteral)] = [("server", .string(server))]
        if !serverName.isEmpty { members.append(("tls-server-name", .string(serverName))) }
        if skipsVerification { members.append(("insecure-skip-tls-verify", true)) }
        if !authority.isEmpty {
            members.append(("certificate-authority-data", .string(Data(authority).base64EncodedString())))
        }
        if !proxy.isEmpty { members.append(("proxy-url", .string(proxy))) }
        if disableCompression { members.append(("disable-compression", true)) }
        // Text that was written from a tree a moment ago always parses.
        let parsed = configuration.flatMap { try? JSONValue.parse($0) }
        members.append(("config", parsed.map(JSONLiteral.value) ?? .null))
        return .object(members)
    }
}
