import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Prints what the releases pane shows.
struct ReleasesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "releases", abstract: "Print Helm releases: the list, or one with its history and texts.",
        discussion: "They are read from their secrets in the cluster; no helm program is needed.")

    enum Part: String, EnumerableFlag { case values, manifest, notes }

    @Argument(help: "A release; without one, all of them.")
    var name: String?

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var namespaces: NamespaceOptions

    @Flag(help: "Print this text of the release instead of its history.")
    var part: Part?

    @Option(help: "Of this revision instead of the newest.")
    var revision: Int?

    @Flag(help: "Print the values of secrets too.")
    var showSecrets = false

    @Option(name: .shortAndLong, help: "How to print: table, json, name.")
    var output = OutputFormat.table

    func validate() throws {
        if output == .yaml || output == .wide { throw ValidationError("releases are printed as table, json or name") }
        if name == nil, part != nil || revision != nil { throw ValidationError("name the release") }
    }

    func run() throws {
        try plainly {
            let environment = try connection.oneEnvironment()
            guard let name else { return try list(environment) }
            let detail = try waiting { [namespaces, revision, showSecrets] in
                let namespace = try await Self.namespace(of: name, namespaces, environment)
                return try await environment.release(
                    name, namespace: namespace, revision: revision, revealingSecrets: showSecrets)
            }
            try print(detail)
        }
    }

    /// The namespace named, else the only one that has such a release.
    private static func namespace(
        of name: String, _ options: NamespaceOptions, _ environment: Environment
    ) async throws -> String {
        if let named = options.names?.first { return named }
        let found = try await environment.releases().releases.filter { $0.name == name }.map(\.namespace)
        switch found.count {
        case 1: return found[0]
        case 0: throw PlainFailure(.notFound, "there is no release \"\(name)\" in \(environment.info.id)")
        default: throw PlainFailure(.mistaken, "\"\(name)\" is in \(found.joined(separator: ", ")); say which with -n")
        }
    }

    private func list(_ environment: Environment) throws {
        let (all, notices) = try waiting { try await environment.releases() }
        for notice in notices { complain("midwatch: \(notice)") }
        let chosen = all.filter { namespaces.names?.contains($0.namespace) ?? true }
        switch output {
        case .json: try JSONOutput.print(chosen.map { ReleaseReport($0) })
        case .name: for release in chosen { Swift.print(DisplayText.safe(release.name)) }
        default:
            guard !chosen.isEmpty else { return complain("No releases found.") }
            let now = Date().timeIntervalSince1970
            let rows = chosen.map {
                [$0.namespace, $0.name, "\($0.revision)", $0.status, Age.text(now - $0.updated.seconds)]
            }
            Swift.print(TextTable(["NAMESPACE", "NAME", "REVISION", "STATUS", "UPDATED"], rows).text)
        }
    }

    private func print(_ detail: HelmReleaseDetail) throws {
        switch part {
        case .values: return Swift.print(DisplayText.safe(detail.values, keeping: ["\n", "\t"]), terminator: "")
        case .manifest: return Swift.print(DisplayText.safe(detail.manifest, keeping: ["\n", "\t"]), terminator: "")
        case .notes: return Swift.print(DisplayText.safe(detail.notes, keeping: ["\n", "\t"]), terminator: "")
        case nil: break
        }
        if output == .json {
            return try JSONOutput.print(detail.history.map { ReleaseReport($0.release, description: $0.description) })
        }
        let now = Date().timeIntervalSince1970
        let rows = detail.history.map { revision in
            let release = revision.release
            return [
                "\(release.revision)", release.status, release.chart, release.appVersion,
                Age.text(now - release.updated.seconds), revision.description,
            ]
        }
        Swift.print(TextTable(["REVISION", "STATUS", "CHART", "APP", "UPDATED", "DESCRIPTION"], rows).text)
    }
}

/// A release as `-o json` prints it.
struct ReleaseReport: Encodable {
    let namespace: String
    let name: String
    let revision: Int
    let status: String
    let chart: String?
    let appVersion: String?
    let updated: String
    let description: String?

    init(_ release: HelmRelease, description: String? = nil) {
        namespace = release.namespace
        name = release.name
        revision = release.revision
        status = release.status
        chart = release.chart.isEmpty ? nil : release.chart
        appVersion = release.appVersion.isEmpty ? nil : release.appVersion
        updated = release.updated.rfc3339
        self.description = description
    }
}
