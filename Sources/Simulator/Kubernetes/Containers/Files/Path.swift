/// Paths of a container's file system as text.
enum Path {
    /// The names of a path with `.` and `..` taken away.
    static func parts(_ path: String) -> [String] {
        var parts: [String] = []
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(String(part))
            }
        }
        return parts
    }

    /// The path seen from a directory, without `.` and `..`; a slash at its end stays.
    static func absolute(_ path: String, from directory: String) -> String {
        let full = path.hasPrefix("/") ? path : directory + "/" + path
        let clean = "/" + parts(full).joined(separator: "/")
        return path.hasSuffix("/") && clean != "/" ? clean + "/" : clean
    }

    static func name(_ path: String) -> String { parts(path).last ?? "/" }

    static func folder(_ path: String) -> String { "/" + parts(path).dropLast().joined(separator: "/") }
}
