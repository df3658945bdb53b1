import Foundation

/// Finds and reads the configuration file.
public enum ConfigurationFile {
    /// The file that `--config` named, which must be there; else the usual one, which may be missing.
    public static func load(
        _ named: String?, variables: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> Configuration {
        let path = named.map { expandingHome($0, variables: variables) } ?? usualPath(variables: variables)
        guard let path else { return Configuration() }
        if named == nil, !FileManager.default.fileExists(atPath: path) { return Configuration() }
        return try Configuration(yaml: text(at: path), file: named ?? abbreviated(path, variables: variables))
    }

    /// `$XDG_CONFIG_HOME/midwatch/config.yaml`, or the same in `~/.config`; nil where there is no home.
    public static func usualPath(variables: [String: String]) -> String? {
        if let folder = variables["XDG_CONFIG_HOME"], folder.hasPrefix("/") { return "\(folder)/midwatch/config.yaml" }
        guard let home = variables["HOME"], !home.isEmpty else { return nil }
        return "\(home)/.config/midwatch/config.yaml"
    }

    /// `~/x` with the home folder put in.
    static func expandingHome(_ path: String, variables: [String: String]) -> String {
        guard path.hasPrefix("~/"), let home = variables["HOME"], !home.isEmpty else { return path }
        return home + path.dropFirst()
    }

    private static func abbreviated(_ path: String, variables: [String: String]) -> String {
        guard let home = variables["HOME"], home.count > 1, path.hasPrefix(home + "/") else { return path }
        return "~" + path.dropFirst(home.count)
    }

    private static func text(at path: String) throws(ConfigurationError) -> String {
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(path)
        } catch {
            throw ConfigurationError(file: path, mistakes: [.init(line: 0, words: "cannot be read: \(error.words)")])
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ConfigurationError(file: path, mistakes: [.init(line: 0, words: "is not UTF-8 text")])
        }
        return text
    }
}
