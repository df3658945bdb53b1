import ArgumentParser

/// Namespaces of a command, as kubectl takes them.
struct NamespaceOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: ArgumentHelp("Namespace; several with commas.", valueName: "names"))
    var namespace: String?

    @Flag(name: [.customShort("A"), .long], help: "All namespaces.")
    var allNamespaces = false

    var names: [String]? { namespace.map { $0.split(separator: ",").map(String.init) } }
}
