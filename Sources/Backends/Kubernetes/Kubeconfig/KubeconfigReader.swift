import JSON
import Yams

/// Makes the entries of one kubeconfig file from its YAML.
struct KubeconfigReader {
    let path: String
    let file: String

    /// The entries of a list such as `contexts`, each `{name: …, <singular>: {…}}`; a name that stands twice is a mistake.
    func section<Entry: Sendable>(
        _ key: String, of root: KubeconfigNode,
        _ make: (KubeconfigNode, String) throws(KubernetesError) -> Entry
    ) throws(KubernetesError) -> KubeconfigSection<Entry> {
        var section = KubeconfigSection<Entry>()
        for element in try root.elements(key) {
            let name = try element.text("name")
            guard !name.isEmpty else { throw element.fault("\(element.path) has no name") }
            let titled = element.named("\(key)[\(name)]")
            guard !section.names.contains(name) else {
                let fault = titled.fault("\(titled.path) stands here a second time", advice: "remove one of the two")
                section.replace(name, with: fault)
                continue
            }
            section.add(name, Result { () throws(KubernetesError) in try make(titled, name) })
        }
        return section
    }

    func context(_ element: KubeconfigNode, name: String) throws(KubernetesError) -> KubeconfigContext {
        let body = try body("context", of: element)
        return KubeconfigContext(
            name: name, cluster: try body.text("cluster"), user: try body.text("user"),
            namespace: try body.text("namespace"), place: place(element))
    }

    func cluster(_ element: KubeconfigNode, name: String) throws(KubernetesError) -> KubeconfigCluster {
        let body = try body("cluster", of: element)
        let place = place(element)
        return KubeconfigCluster(
            name: name, server: try body.text("server"),
            authorityFile: place.resolve(try body.text("certificate-authority")),
            authorityData: try body.base64("certificate-authority-data"),
            skipsVerification: try body.flag("insecure-skip-tls-verify"),
            serverName: try body.text("tls-server-name"), proxy: try body.text("proxy-url"),
            disableCompression: try body.flag("disable-compression"),
            pluginConfiguration: try pluginConfiguration(body), place: place)
    }

    func user(_ element: KubeconfigNode, name: String) throws(KubernetesError) -> KubeconfigUser {
        let body = try body("user", of: element)
        let place = place(element)
        return KubeconfigUser(
            name: name, certificateFile: place.resolve(try body.text("client-certificate")),
            certificateData: try body.base64("client-certificate-data"),
            keyFile: place.resolve(try body.text("client-key")),
            keyData: Secret(try body.base64("client-key-data")), token: try body.secret("token"),
            tokenFile: place.resolve(try body.text("tokenFile")), username: try body.text("username"),
            password: try body.secret("password"), plugin: try plugin(body, place: place),
            authProvider: try body.member("auth-provider").map { provider throws(KubernetesError) in
                let name = try provider.text("name")
                return name.isEmpty ? "without a name" : name
            } ?? "",
            impersonation: try impersonation(body), place: place)
    }

    private func place(_ element: KubeconfigNode) -> KubeconfigPlace {
        KubeconfigPlace(path: path, file: file, line: element.line)
    }

    /// The inner mapping; an entry without one is as good as an empty one.
    private func body(_ key: String, of element: KubeconfigNode) throws(KubernetesError) -> KubeconfigNode {
        let body = try element.member(key) ?? KubeconfigNode(node: Node.mapping([:]), file: file, path: "")
        return body.named(element.path)
    }

    private func impersonation(_ body: KubeconfigNode) throws(KubernetesError) -> Impersonation {
        var impersonation = Impersonation(
            user: try body.text("as"), uid: try body.text("as-uid"), groups: try body.texts("as-groups"))
        guard let extra = try body.member("as-user-extra") else { return impersonation }
        guard let keys = extra.node.mapping?.keys else { throw extra.fault("\(extra.path) must be a mapping") }
        for key in keys {
            let key = key.scalar?.string ?? ""
            impersonation.extra.append(Impersonation.Extra(key: key, values: try extra.texts(key)))
        }
        return impersonation
    }

    private func pluginConfiguration(_ body: KubeconfigNode) throws(KubernetesError) -> String? {
        for element in try body.elements("extensions")
        where try element.text("name") == "client.authentication.k8s.io/exec" {
            return try element.member("extension").map { JSONLiteral(yaml: $0.node).text }
        }
        return nil
    }
}

extension KubeconfigReader {
    private func plugin(_ user: KubeconfigNode, place: KubeconfigPlace) throws(KubernetesError) -> ExecPlugin? {
        guard let exec = try user.member("exec") else { return nil }
        let command = try exec.text("command")
        guard !command.isEmpty else { throw exec.fault("\(exec.path) has no command") }
        let version = try version(of: exec)
        return ExecPlugin(
            command: command.contains("/") ? place.resolve(command) : command, arguments: try exec.texts("args"),
            variables: try variables(of: exec), version: version,
            interactiveMode: try interactiveMode(of: exec, version: version),
            installHint: try exec.text("installHint"), wantsClusterInfo: try exec.flag("provideClusterInfo"))
    }

    private func version(of exec: KubeconfigNode) throws(KubernetesError) -> ExecPlugin.Version {
        let known = "client.authentication.k8s.io/v1 and client.authentication.k8s.io/v1beta1 exist"
        let text = try exec.text("apiVersion")
        guard !text.isEmpty else { throw exec.fault("\(exec.path) has no apiVersion", advice: known) }
        guard let version = ExecPlugin.Version(rawValue: text) else {
            throw exec.fault("\(exec.path) asks for apiVersion \(text)", advice: known)
        }
        return version
    }

    private func interactiveMode(
        of exec: KubeconfigNode, version: ExecPlugin.Version
    ) throws(KubernetesError) -> ExecPlugin.InteractiveMode {
        let text = try exec.text("interactiveMode")
        if text.isEmpty, version == .v1beta1 { return .ifAvailable }
        let known = "Never, IfAvailable and Always exist"
        guard !text.isEmpty else { throw exec.fault("\(exec.path) has no interactiveMode", advice: known) }
        guard let mode = ExecPlugin.InteractiveMode(rawValue: text) else {
            throw exec.fault("\(exec.path) has the interactiveMode \(text)", advice: known)
        }
        return mode
    }

    private func variables(of exec: KubeconfigNode) throws(KubernetesError) -> [ExecPlugin.Variable] {
        var variables: [ExecPlugin.Variable] = []
        for element in try exec.elements("env") {
            let name = try element.text("name")
            guard !name.isEmpty, !name.contains("=") else { throw element.fault("\(element.path) needs a name") }
            variables.append(ExecPlugin.Variable(name: name, value: try element.secret("value")))
        }
        return variables
    }
}

extension JSONLiteral {
    /// The same value in JSON; what YAML reads as a number or a boolean stays one.
    fileprivate init(yaml node: Node) {
        switch node {
        case .mapping(let mapping):
            self = .object(mapping.map { (key: $0.key.scalar?.string ?? "", value: JSONLiteral(yaml: $0.value)) })
        case .sequence(let sequence): self = .array(sequence.map(JSONLiteral.init(yaml:)))
        case .alias: self = .null
        case .scalar(let scalar): self = Self.scalar(scalar, node)
        }
    }

    private static func scalar(_ scalar: Node.Scalar, _ node: Node) -> JSONLiteral {
        guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
        if ["true", "false"].contains(scalar.string) { return .bool(scalar.string == "true") }
        if ["", "~", "null"].contains(scalar.string) { return .null }
        if let integer = Int(scalar.string) { return .integer(integer) }
        if let double = node.float, double.isFinite { return .double(double) }
        return .string(scalar.string)
    }
}
