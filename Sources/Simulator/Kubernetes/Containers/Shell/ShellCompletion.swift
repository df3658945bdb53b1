/// What the tab key offers: programs where a command is typed, files elsewhere.
struct ShellCompletion {
    let machine: ContainerMachine
    let state: ShellState

    /// The words that begin with this one, in full.
    func words(_ word: String, isFirst: Bool) -> [String] {
        guard isFirst, !word.contains("/") else { return files(word) }
        guard !word.isEmpty else { return [] }
        // A folder of the search path that is not there offers nothing.
        let programs = (state.variables["PATH"] ?? "").split(separator: ":").flatMap { folder in
            ((try? machine.files.list(String(folder))) ?? []).map(\.name)
        }
        return Set(programs + Shell.builtins.keys).filter { $0.hasPrefix(word) }.sorted()
    }

    private func files(_ word: String) -> [String] {
        let folder = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
        let name = word.dropFirst(folder.count)
        // What is no directory offers nothing either.
        let entries =
            (try? machine.files.list(Path.absolute(folder.isEmpty ? "." : folder, from: state.directory))) ?? []
        return entries.filter { $0.name.hasPrefix(name) && (!$0.name.hasPrefix(".") || name.hasPrefix(".")) }
            .map { folder + $0.name + ($0.info.isDirectory ? "/" : "") }
    }
}
