/// Which files make the kubeconfig, in the order of precedence: what kubectl's loading rules say.
struct KubeconfigPaths: Sendable, Equatable {
    enum Origin: Sendable, Equatable {
        /// A file that the person named; it must exist.
        case named
        /// The list in `KUBECONFIG`.
        case variable
        /// `~/.kube/config`.
        case home
    }

    var origin: Origin
    /// Absolute, each once.
    var paths: [String]

    init(named file: String?, in surroundings: KubernetesSurroundings) {
        if let file {
            origin = .named
            paths = [FilePath.resolve(file, in: surroundings.currentFolder)]
        } else if let list = surroundings.variables["KUBECONFIG"], !list.isEmpty {
            origin = .variable
            var seen = Set<String>()
            paths = list.split(separator: ":").map { FilePath.resolve(String($0), in: surroundings.currentFolder) }
                .filter { seen.insert($0).inserted }
        } else {
            origin = .home
            paths = surroundings.home.isEmpty ? [] : [FilePath.resolve(".kube/config", in: surroundings.home)]
        }
    }
}
