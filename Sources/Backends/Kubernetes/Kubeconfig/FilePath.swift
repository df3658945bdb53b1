/// Paths as text: what joins, and what lies where.
enum FilePath {
    /// `path` as it is when absolute, otherwise below `folder`.
    static func resolve(_ path: String, in folder: String) -> String {
        if path.isEmpty || path.hasPrefix("/") { return path }
        return folder.hasSuffix("/") ? folder + path : folder + "/" + path
    }

    /// The folder that holds `path`; "/" for what lies at the root.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }
}
