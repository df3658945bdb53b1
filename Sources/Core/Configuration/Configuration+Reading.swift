import Foundation
import Yams

extension Configuration {
    /// Reads a file's text. `file` is how the person names it; all mistakes are in the one error.
    public init(yaml: String, file: String) throws(ConfigurationError) {
        self.init()
        let mistakes = ConfigurationMistakes()
        guard let root = try Self.compose(yaml, file: file) else { return }
        read(ConfigurationNode(root, path: "", mistakes: mistakes))
        guard mistakes.list.isEmpty else {
            throw ConfigurationError(file: file, mistakes: mistakes.list.sorted { $0.line < $1.line })
        }
    }

    private static func compose(_ yaml: String, file: String) throws(ConfigurationError) -> Node? {
        do {
            // The basic resolver: scalars are read as they are written. Yams' default one compiles ICU's expressions,
            // which costs every start some milliseconds and megabytes.
            return try Yams.compose(yaml: yaml, .basic)
        } catch let error as YamlError {
            throw ConfigurationError(file: file, mistakes: [error.mistake])
        } catch {
            throw ConfigurationError(file: file, mistakes: [.init(line: 0, words: "not YAML: \(error)")])
        }
    }

    private mutating func read(_ root: ConfigurationNode) {
        let members = root.members(["environments", "readOnly", "ui", "logs", "keys", "aliases"])
        if let node = members["environments"] {
            environments = node.entries().map(EnvironmentConfiguration.init(entry:))
        }
        readOnly = members["readOnly"]?.flag() ?? readOnly
        if let node = members["ui"] { ui.read(node) }
        if let node = members["logs"] { logs.read(node) }
        if let node = members["keys"] { keys = node.entries().compactMap(KeyBinding.init(entry:)) }
        if let node = members["aliases"] {
            for entry in node.entries() { aliases[entry.key] = entry.value.text() }
        }
    }
}

extension Configuration.KeyBinding {
    fileprivate init?(entry: (key: String, keyLine: Int, value: ConfigurationNode)) {
        if entry.value.isEmpty || entry.value.node.scalar?.string == "none" {
            self.init(command: entry.key, keys: [], line: entry.keyLine)
            return
        }
        guard let keys = entry.value.texts() else { return nil }
        self.init(command: entry.key, keys: keys, line: entry.keyLine)
    }
}

extension InterfaceConfiguration {
    fileprivate mutating func read(_ node: ConfigurationNode) {
        let members = node.members(["theme", "mouse", "ascii", "colour", "clipboard", "tick"])
        theme = members["theme"]?.text() ?? theme
        mouse = members["mouse"]?.flag() ?? mouse
        ascii = members["ascii"]?.flag() ?? ascii
        colour = members["colour"]?.choice(Colour.self) ?? colour
        clipboard = members["clipboard"]?.choice(Clipboard.self) ?? clipboard
        tick = members["tick"]?.seconds(atLeast: 0.1) ?? tick
    }
}

extension LogConfiguration {
    fileprivate mutating func read(_ node: ConfigurationNode) {
        let members = node.members(["memory", "tail"])
        memory = members["memory"]?.bytes(atLeast: 4 << 20) ?? memory
        tail = members["tail"]?.count(1...1_000_000) ?? tail
    }
}

extension EnvironmentConfiguration {
    fileprivate init(entry: (key: String, keyLine: Int, value: ConfigurationNode)) {
        self.init(name: entry.key)
        line = entry.keyLine
        let members = entry.value.members([
            "context", "protected", "readOnly", "namespaces", "elasticsearch", "jenkins", "alertmanager",
        ])
        context = members["context"]?.text()
        protected = members["protected"]?.flag() ?? protected
        readOnly = members["readOnly"]?.flag() ?? readOnly
        namespaces = members["namespaces"]?.texts() ?? namespaces
        elasticsearch = members["elasticsearch"].flatMap { SystemConfiguration($0, extra: ["index", "apiKey"]) }
        jenkins = members["jenkins"].flatMap { SystemConfiguration($0) }
        alertmanager = members["alertmanager"].flatMap { SystemConfiguration($0) }
    }
}

extension SystemConfiguration {
    fileprivate init?(_ node: ConfigurationNode, extra: [String] = []) {
        let members = node.members(
            ["url", "user", "password", "token", "ca", "insecure", "serverName", "proxy"] + extra)
        guard let place = members["url"] else {
            if case .mapping = node.node { node.mistake("\(node.place) needs a url") }
            return nil
        }
        guard let url = place.address(["http", "https", "service"]) else { return nil }
        self.init(url: url)
        user = members["user"]?.text()
        password = members["password"]?.secret()
        token = members["token"]?.secret()
        apiKey = members["apiKey"]?.secret()
        ca = members["ca"]?.text()
        insecure = members["insecure"]?.flag() ?? insecure
        serverName = members["serverName"]?.text()
        proxy = members["proxy"]?.address(["http", "https", "socks5"])
        index = members["index"]?.text() ?? index
        checkLogin(node)
    }

    private func checkLogin(_ node: ConfigurationNode) {
        if [password, token, apiKey].compactMap({ $0 }).count > 1 {
            node.mistake("\(node.place) has more than one of password, token and apiKey; keep one")
        }
        if url.hasPrefix("service://"), user != nil || token != nil || apiKey != nil {
            node.mistake("\(node.place) cannot log in: the API server passes no login on to service:// addresses")
        }
        if password != nil, user == nil { node.mistake("\(node.place) has a password but no user") }
    }
}

extension YamlError {
    fileprivate var mistake: ConfigurationError.Mistake {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            .init(line: mark.line, words: "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            .init(
                line: context.mark.line,
                words:
                    "\(duplicates.map { "\"\($0)\"" }.joined(separator: ", ")) stands more than once in the mapping that "
                    + "begins here")
        case .reader(let problem, _, _, _): .init(line: 0, words: "not YAML: \(problem)")
        default: .init(line: 0, words: "not YAML")
        }
    }
}
