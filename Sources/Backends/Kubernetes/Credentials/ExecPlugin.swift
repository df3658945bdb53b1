/// The `exec` part of a kubeconfig's user: a program that hands out credentials.
struct ExecPlugin: Sendable, Equatable {
    enum Version: String, Sendable {
        case v1 = "client.authentication.k8s.io/v1"
        case v1beta1 = "client.authentication.k8s.io/v1beta1"
    }
    enum InteractiveMode: String, Sendable {
        case never = "Never"
        case ifAvailable = "IfAvailable"
        case always = "Always"
    }
    struct Variable: Sendable, Equatable {
        var name: String
        var value: Secret
    }

    /// A name to look up in PATH, or an absolute path.
    var command: String
    var arguments: [String] = []
    var variables: [Variable] = []
    var version: Version
    var interactiveMode: InteractiveMode = .ifAvailable
    var installHint = ""
    var wantsClusterInfo = false

    /// The program's name without its folder, for messages.
    var shortName: String { command.split(separator: "/").last.map(String.init) ?? command }
}
