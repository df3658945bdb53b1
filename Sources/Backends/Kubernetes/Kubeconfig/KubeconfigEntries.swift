/// Where an entry of a kubeconfig is written: relative paths in it are meant from the file's folder.
struct KubeconfigPlace: Sendable, Equatable {
    /// The file's absolute path.
    var path: String
    /// The same as the person writes it.
    var file: String
    var line: Int?

    func resolve(_ relative: String) -> String { FilePath.resolve(relative, in: FilePath.folder(of: path)) }

    func fault(_ cause: String, advice: String = "") -> KubernetesError {
        .kubeconfig(KubeconfigFault(file: file, line: line, cause: cause, advice: advice))
    }
}

/// An entry of `contexts`.
struct KubeconfigContext: Sendable, Equatable {
    var name: String
    var cluster: String
    var user: String
    var namespace: String
    var place: KubeconfigPlace
}

/// An entry of `clusters`; paths are absolute.
struct KubeconfigCluster: Sendable, Equatable {
    var name: String
    var server: String
    var authorityFile: String
    var authorityData: [UInt8]
    var skipsVerification: Bool
    var serverName: String
    var proxy: String
    var disableCompression: Bool
    /// The extension `client.authentication.k8s.io/exec` as JSON text, handed to plugins that ask for cluster info.
    var pluginConfiguration: String?
    var place: KubeconfigPlace
}

/// An entry of `users`; paths are absolute.
struct KubeconfigUser: Sendable, Equatable {
    var name: String
    var certificateFile: String
    var certificateData: [UInt8]
    var keyFile: String
    var keyData: Secret
    var token: Secret
    var tokenFile: String
    var username: String
    var password: Secret
    var plugin: ExecPlugin?
    /// The name of an old `auth-provider`; "" when there is none.
    var authProvider: String
    var impersonation: Impersonation
    var place: KubeconfigPlace
}
