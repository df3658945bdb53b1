import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Prints what the workloads pane shows.
struct GetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Print objects of any kind, with the server's own columns.")

    @Argument(help: "Kind by any name: pods, po, deployments.apps, widgets; KIND/NAME works too.")
    var kind: String

    @Argument(help: ArgumentHelp("Names; without any, all of the kind.", valueName: "name"))
    var names: [String] = []

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var namespaces: NamespaceOptions

    @Option(name: [.customShort("l"), .long], help: ArgumentHelp("Label selector.", valueName: "labels"))
    var selector = ""

    @Option(help: ArgumentHelp("Field selector.", valueName: "fields"))
    var fieldSelector = ""

    @Option(name: .shortAndLong, help: "How to print: table, wide, json, yaml, name.")
    var output = OutputFormat.table

    @Flag(name: .shortAndLong, help: "Go on printing rows as they change.")
    var watch = false

    @Flag(help: "Print the values of secrets with -o json and -o yaml.")
    var showSecrets = false

    @Flag(help: "Leave the titles out.")
    var noHeaders = false

    func validate() throws {
        if watch, output == .json || output == .yaml { throw ValidationError("-w prints tables and names only") }
    }

    func run() throws {
        try plainly {
            let wake = WakeDescriptor()
            let session = try connection.open { wake.wake() }
            let chosen = try environments(session)
            if watch {
                return try RowWatch(
                    session, wake, try chosen.map { try query($0) }, names: wanted.names, noHeaders: noHeaders,
                    output
                ).run()
            }
            var found = 0
            for environment in chosen { found += try print(environment, several: chosen.count > 1) }
            if found == 0, output != .name { complain("No resources found\(place(chosen))") }
        }
    }

    private func environments(_ session: CoreSession) throws -> [Environment] {
        if !connection.contextNames.isEmpty {
            return try connection.contextNames.map { try session.environments.environment(named: $0) }
        }
        guard let initial = session.environments.initial, let environment = session.environments[initial] else {
            throw PlainFailure(.mistaken, session.environments.problem?.message ?? "there is no environment")
        }
        return [environment]
    }

    /// "pod/x" is kind and name in one word.
    private var wanted: (kind: String, names: [String]) {
        let parts = kind.split(separator: "/", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], [parts[1]] + names) : (kind, names)
    }

    private func scope(_ environment: Environment) -> NamespaceScope {
        if namespaces.allNamespaces { return .all }
        return namespaces.names.map { NamespaceScope($0) } ?? environment.defaultScope
    }

    private func query(_ environment: Environment) throws -> TableQuery {
        let word = wanted.kind
        let kind = try waiting { try await environment.kind(named: word) }
        return TableQuery(
            environment: environment.info.id, kind: kind, scope: kind.isNamespaced ? scope(environment) : .all,
            labelSelector: selector, fieldSelector: fieldSelector)
    }

    /// Returns how many objects were found.
    private func print(_ environment: Environment, several: Bool) throws -> Int {
        let (query, names) = (try query(environment), wanted.names)
        if output == .json || output == .yaml {
            let text = try waiting { [output, showSecrets] in
                try await environment.objects(
                    query, names: names, asYAML: output == .yaml, revealingSecrets: showSecrets)
            }
            Swift.print(output == .json ? JSONOutput.safe(text) : DisplayText.safe(text, keeping: ["\n", "\t"]))
            return 1
        }
        let answer = try waiting {
            try await environment.rows(
                of: query.kind, in: query.scope, names: names, labelSelector: query.labelSelector,
                fieldSelector: query.fieldSelector)
        }
        for notice in answer.notices { complain("midwatch: \(notice)") }
        guard !answer.rows.isEmpty else { return 0 }
        let printer = RowPrinter(answer.columns, query, several: several, output)
        Swift.print(printer.text(answer.rows, titles: !noHeaders))
        return answer.rows.count
    }

    private func place(_ chosen: [Environment]) -> String {
        guard !namespaces.allNamespaces, let environment = chosen.first else { return "" }
        return " in \(scope(environment).names.joined(separator: ", ")) namespace."
    }
}
