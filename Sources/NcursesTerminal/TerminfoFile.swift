import Foundation

/// Finds the compiled description of a terminal type where ncurses looks for it.
enum TerminfoFile {
    static func bytes(of type: String, environment: [String: String]) -> [UInt8]? {
        guard let first = type.unicodeScalars.first, !type.contains("/") else { return nil }
        let hex = String(first.value, radix: 16)
        for folder in folders(environment) {
            for place in ["\(folder)/\(first)/\(type)", "\(folder)/\(hex)/\(type)"] {
                // Most of these do not exist; the next one is tried.
                if let data = try? Data(contentsOf: URL(fileURLWithPath: place)) { return [UInt8](data) }
            }
        }
        return nil
    }

    private static func folders(_ environment: [String: String]) -> [String] {
        let usual = ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
        let named = [environment["TERMINFO"], environment["HOME"].map { $0 + "/.terminfo" }].compactMap(\.self)
        let listed = environment["TERMINFO_DIRS"]?.split(separator: ":").map(String.init) ?? []
        return (named + listed + usual).filter { $0.hasPrefix("/") }
    }
}
