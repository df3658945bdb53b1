import ArgumentParser
import Canvas
import Core
import Model

/// Prints the environments: those of the configuration, then the kubeconfig's contexts that none of them names.
struct ContextsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "contexts", abstract: "Print environments and contexts.")

    @OptionGroup var connection: ConnectionOptions

    @Option(name: .shortAndLong, help: "How to print: table, wide, json, name.")
    var output = OutputFormat.table

    private struct Report: Encodable {
        let environment: String
        let isCurrent: Bool
        let context: String?
        let cluster: String
        let server: String
        let user: String
        let namespace: String
        let isProtected: Bool
        let systems: [String]
    }

    func validate() throws {
        if output == .yaml { throw ValidationError("contexts are printed as table, wide, json or name") }
    }

    func run() throws {
        try plainly {
            let session = try connection.open()
            let infos = session.environments.infos
            guard !infos.isEmpty else {
                throw PlainFailure(.mistaken, session.environments.problem?.message ?? "there is no environment")
            }
            switch output {
            case .json: try JSONOutput.print(infos.map { report($0, session.environments.initial) })
            case .name: print(infos.map { DisplayText.safe($0.id.name) }.joined(separator: "\n"))
            default: print(table(infos, session.environments.initial))
            }
            if let problem = session.environments.problem { complain("midwatch: \(problem.message)") }
        }
    }

    private func report(_ info: EnvironmentInfo, _ current: EnvironmentID?) -> Report {
        Report(
            environment: info.id.name, isCurrent: info.id == current, context: info.context, cluster: info.cluster,
            server: info.server, user: info.user, namespace: info.defaultNamespace, isProtected: info.isProtected,
            systems: info.systems.sorted())
    }

    private func table(_ infos: [EnvironmentInfo], _ current: EnvironmentID?) -> String {
        let rows = infos.map { info in
            [
                info.id == current ? "*" : "", info.id.name, info.context ?? "", info.user, info.defaultNamespace,
                info.isProtected ? "protected" : info.isReadOnly ? "read only" : "",
            ] + (output == .wide ? [info.server, info.systems.sorted().joined(separator: ",")] : [])
        }
        let more = output == .wide ? ["SERVER", "SYSTEMS"] : []
        return TextTable(["CURRENT", "ENVIRONMENT", "CONTEXT", "USER", "NAMESPACE", "GUARD"] + more, rows).text
    }
}
