import Yams

/// One kubeconfig file as it was read.
struct KubeconfigFile: Sendable {
    var path: String
    /// As the person writes it.
    var name: String
    var currentContext = ""
    var contexts = KubeconfigSection<KubeconfigContext>()
    var clusters = KubeconfigSection<KubeconfigCluster>()
    var users = KubeconfigSection<KubeconfigUser>()
    /// Permission bits.
    var mode: UInt32

    /// Throws when the file is no YAML or no kubeconfig at all; a mistake in one entry spoils that entry only.
    init(path: String, name: String, bytes: [UInt8], mode: UInt32) throws(KubernetesError) {
        self.path = path
        self.name = name
        self.mode = mode
        guard let root = try Self.compose(bytes, file: name) else { return }
        try Self.checkKind(root)
        currentContext = try root.text("current-context")
        let reader = KubeconfigReader(path: path, file: name)
        contexts = try reader.section("contexts", of: root, reader.context)
        clusters = try reader.section("clusters", of: root, reader.cluster)
        users = try reader.section("users", of: root, reader.user)
    }

    /// Other people on the machine can read (or write) what is likely to hold a token.
    var isReadableByOthers: Bool { mode & 0o077 != 0 }

    /// The first document, as kubectl takes it; nil for an empty file.
    private static func compose(_ bytes: [UInt8], file: String) throws(KubernetesError) -> KubeconfigNode? {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .kubeconfig(KubeconfigFault(file: file, cause: "it is not UTF-8 text"))
        }
        do {
            // The basic resolver: scalars are read as they are written. Yams' default one compiles ICU's expressions,
            // which costs every start some milliseconds and megabytes.
            var documents = try Yams.compose_all(yaml: text, .basic)
            let first = documents.next()
            if let error = documents.error { throw error }
            guard let first, first.scalar?.string != "" else { return nil }
            let root = KubeconfigNode(node: first, file: file, path: "")
            guard first.mapping != nil else { throw root.fault("it is not a kubeconfig: a mapping is expected") }
            return root
        } catch let error as KubernetesError {
            throw error
        } catch {
            throw .kubeconfig(YAMLMistake(error, in: text).fault(file: file))
        }
    }

    private static func checkKind(_ root: KubeconfigNode) throws(KubernetesError) {
        let kind = try root.text("kind")
        let version = try root.text("apiVersion")
        guard ["", "Config"].contains(kind), ["", "v1"].contains(version) else {
            throw root.fault("it is a \(version) \(kind), not a v1 Config")
        }
    }
}
