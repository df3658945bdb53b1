import Foundation

/// The configuration with which the console finds the company: both environments and the systems around them.
struct DemoConfiguration: Sendable {
    /// Elasticsearch by cluster.
    var elasticsearch: [String: URL]
    var jenkins: URL
    var alertmanager: URL
    var clusters: [SimCluster]
    /// Whose API token for Jenkins stands in the token file.
    var user = "ada"
    var tokenFile: URL

    /// The file's text, in midwatch's own schema.
    var text: String {
        var lines = ["# Written by the simulator: the make-believe company Lanternpay.", "environments:"]
        for cluster in clusters {
            lines.append("  \(cluster.name):")
            lines.append("    context: \(cluster.name)")
            if cluster.isProtected { lines.append("    protected: true") }
            if let url = elasticsearch[cluster.name] {
                lines.append("    elasticsearch: { url: \(Self.quoted(url.absoluteString)), index: \"logstash-*\" }")
            }
            lines.append(
                "    jenkins: { url: \(Self.quoted(jenkins.absoluteString)), user: \(user), token: { file: \(Self.quoted(tokenFile.path)) } }"
            )
            lines.append("    alertmanager: { url: \(Self.quoted(alertmanager.absoluteString)) }")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Writes the configuration, and the token beside it where only its owner can read it.
    func write(to file: URL, token: String) throws {
        try text.write(to: file, atomically: true, encoding: .utf8)
        guard
            FileManager.default.createFile(
                atPath: tokenFile.path, contents: Data((token + "\n").utf8), attributes: [.posixPermissions: 0o600])
        else { throw DemoConfigurationError.cannotWrite(tokenFile.path) }
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

/// Why the demo's configuration was not written.
enum DemoConfigurationError: Error, Equatable, CustomStringConvertible {
    case cannotWrite(String)
    case notStarted

    var description: String {
        switch self {
        case .cannotWrite(let path): "cannot write the demo's token file \(path): is the directory there and writable?"
        case .notStarted: "cannot write the demo's configuration: the simulation has not been started"
        }
    }
}
