import Glibc

/// Finds a plugin's program as a shell would, except that nothing is taken from the current folder.
enum ProgramSearch {
    enum Outcome: Equatable {
        case found(String)
        case missing
        case notExecutable(String)
        /// PATH led to it by an empty or relative folder, where anybody may have put it.
        case onlyInCurrentFolder
    }

    static func find(_ command: String, path: String, currentFolder: String) -> Outcome {
        if command.hasPrefix("/") { return look(at: command) }
        var outcome = Outcome.missing
        for folder in path.split(separator: ":", omittingEmptySubsequences: false) {
            let isTrusted = folder.hasPrefix("/")
            let folder = isTrusted ? String(folder) : FilePath.resolve(String(folder), in: currentFolder)
            switch look(at: FilePath.resolve(command, in: folder.isEmpty ? currentFolder : folder)) {
            case .found(let program):
                if isTrusted { return .found(program) }
                if outcome == .missing { outcome = .onlyInCurrentFolder }
            case let other where isTrusted && outcome == .missing: outcome = other
            default: break
            }
        }
        return outcome
    }

    private static func look(at path: String) -> Outcome {
        var state = stat()
        guard stat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG else { return .missing }
        return access(path, X_OK) == 0 ? .found(path) : .notExecutable(path)
    }
}
