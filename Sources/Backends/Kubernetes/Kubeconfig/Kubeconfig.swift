/// The kubeconfig as kubectl reads it: one file or several merged, or none, in which case a pod's service account may stand in.
///
/// Maps are merged by name and the first file that has a name wins as a whole; `current-context` is taken from the first file that
/// sets one. A mistake in one entry is thrown when that entry is used, and by nothing else.
public struct Kubeconfig: Sendable {
    /// The current context's name; nil where none is set.
    public var currentContext: String?
    let contexts: KubeconfigSection<KubeconfigContext>
    let clusters: KubeconfigSection<KubeconfigCluster>
    let users: KubeconfigSection<KubeconfigUser>
    let files: [KubeconfigFile]
    let paths: KubeconfigPaths
    let surroundings: KubernetesSurroundings
    let credentialStore = CredentialStore()

    /// Reads the files that `KUBECONFIG`, or else the home folder, names; or the one given here, which must exist.
    ///
    /// Missing files of the list are skipped, as kubectl does. Throws `KubernetesError.kubeconfig` with file and line when a file
    /// cannot be read or is no kubeconfig.
    public static func load(
        file: String? = nil, in surroundings: KubernetesSurroundings
    ) throws(KubernetesError) -> Kubeconfig {
        let paths = KubeconfigPaths(named: file, in: surroundings)
        var files: [KubeconfigFile] = []
        for path in paths.paths {
            if let file = try read(path, origin: paths.origin, in: surroundings) { files.append(file) }
        }
        return Kubeconfig(files: files, paths: paths, surroundings: surroundings)
    }

    /// The names of all contexts, in the order they are written.
    public var contextNames: [String] { contexts.names }

    /// Plain words about files that others on this machine can read.
    public var warnings: [String] {
        files.filter(\.isReadableByOthers).map {
            "kubeconfig \($0.name) is readable by others; run: chmod 600 \($0.name)"
        }
    }

    private init(files: [KubeconfigFile], paths: KubeconfigPaths, surroundings: KubernetesSurroundings) {
        self.files = files
        self.paths = paths
        self.surroundings = surroundings
        currentContext = files.map(\.currentContext).first { !$0.isEmpty }
        contexts = files.reduce(KubeconfigSection()) { $0.merged(with: $1.contexts) }
        clusters = files.reduce(KubeconfigSection()) { $0.merged(with: $1.clusters) }
        users = files.reduce(KubeconfigSection()) { $0.merged(with: $1.users) }
    }

    private static func read(
        _ path: String, origin: KubeconfigPaths.Origin, in surroundings: KubernetesSurroundings
    ) throws(KubernetesError) -> KubeconfigFile? {
        let name = surroundings.abbreviated(path)
        let content: FileBytes
        do throws(FileBytes.Fault) {
            content = try FileBytes(path: path)
        } catch {
            if error.isMissing, origin != .named { return nil }
            throw .kubeconfig(KubeconfigFault(file: name, cause: "it cannot be read: \(error.words)"))
        }
        return try KubeconfigFile(path: path, name: name, bytes: content.bytes, mode: content.mode)
    }

    /// Names the one file, where it is one.
    func fault(_ cause: String, advice: String = "") -> KubernetesError {
        .kubeconfig(KubeconfigFault(file: files.count == 1 ? files[0].name : nil, cause: cause, advice: advice))
    }
}
