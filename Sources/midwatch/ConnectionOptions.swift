import ArgumentParser
import Core
import CurlHTTP
import Foundation

/// Where configuration and clusters are found; the same for every command that talks to servers.
struct ConnectionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("Kubeconfig file, instead of $KUBECONFIG and ~/.kube/config.", valueName: "file"))
    var kubeconfig: String?

    @Option(help: ArgumentHelp("Environment or context; several with commas.", valueName: "name"))
    var context: String?

    @Flag(help: "Change nothing anywhere, whatever is asked.")
    var readOnly = false

    /// Reads configuration and kubeconfig with the real transport behind them.
    func open(wake: @escaping @Sendable () -> Void = {}) throws -> CoreSession {
        try Self.open(config: config, kubeconfig: kubeconfig, readOnly: readOnly, wake: wake)
    }

    static func open(
        config: String?, kubeconfig: String?, readOnly: Bool = false, wake: @escaping @Sendable () -> Void
    ) throws -> CoreSession {
        let variables = ProcessInfo.processInfo.environment
        let surroundings = CoreSurroundings(
            makeTransport: { CurlTransport(settings: $0, userAgent: Version.userAgent) }, variables: variables,
            discoveryFolder: cacheFolder(variables), stateFolder: StateFolder(variables).url,
            readOnly: readOnly ? "by --read-only" : nil)
        return try CoreSession(
            .init(configuration: config, kubeconfig: kubeconfig, variables: variables), surroundings: surroundings,
            wake: wake)
    }

    /// The one environment that a subcommand is about: the first named, else the current one.
    func oneEnvironment() throws -> Environment {
        try oneEnvironment(of: try open())
    }

    /// The same in a session that is open.
    func oneEnvironment(of session: CoreSession) throws -> Environment {
        if let name = contextNames.first { return try session.environments.environment(named: name) }
        guard let initial = session.environments.initial, let environment = session.environments[initial] else {
            throw PlainFailure(.mistaken, session.environments.problem?.message ?? "there is no environment")
        }
        return environment
    }

    /// The names given with `--context`, in order.
    var contextNames: [String] { context?.split(separator: ",").map(String.init) ?? [] }

    private static func cacheFolder(_ variables: [String: String]) -> URL? {
        let base =
            variables["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? variables["HOME"].map { $0 + "/.cache" }
        return base.map { URL(filePath: $0).appending(path: "midwatch/discovery") }
    }
}
