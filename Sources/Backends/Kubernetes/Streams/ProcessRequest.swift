import Model

/// A process in a container that somebody wants to run or to be joined to.
public struct ProcessRequest: Sendable, Equatable {
    public var namespace: String
    public var pod: String
    /// nil: the pod's default container.
    public var container: String?
    /// Program and arguments; empty joins the container's own process.
    public var command: [String]
    public var hasInput: Bool
    /// With a terminal there is no separate error output.
    public var hasTerminal: Bool

    public init(
        namespace: String, pod: String, container: String? = nil, command: [String] = [], hasInput: Bool = false,
        hasTerminal: Bool = false
    ) {
        self.namespace = namespace
        self.pod = pod
        self.container = container
        self.command = command
        self.hasInput = hasInput
        self.hasTerminal = hasTerminal
    }

    var path: APIPath {
        var path = APIPath("api", "v1", "namespaces", namespace, "pods", pod, command.isEmpty ? "attach" : "exec")
            .asking("container", container ?? "")
        for word in command { path = path.asking(evenEmpty: "command", word) }
        if hasInput { path = path.asking("stdin", "true") }
        path = path.asking("stdout", "true")
        return hasTerminal ? path.asking("tty", "true") : path.asking("stderr", "true")
    }
}
