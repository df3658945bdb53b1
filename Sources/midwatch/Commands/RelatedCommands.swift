import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Prints the owner tree of an object.
struct TreeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tree", abstract: "Print who owns an object, and all that hangs on the owner.")
    @OptionGroup var related: RelatedOptions
    func run() throws { try related.print(.tree) }
}

/// Prints what refers to an object.
struct UsedByCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "used-by", abstract: "Print what refers to an object: workloads, ingresses, autoscalers, …")
    @OptionGroup var related: RelatedOptions
    func run() throws { try related.print(.usedBy) }
}

/// Which object a question about relations is about, and how its answer is printed.
struct RelatedOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("The object.", valueName: "kind/name"))
    var object: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var namespaces: NamespaceOptions

    @Option(name: .shortAndLong, help: "How to print: table, json, name.")
    var output = OutputFormat.table

    func validate() throws {
        if output == .yaml || output == .wide { throw ValidationError("relations are printed as table, json or name") }
        if object.split(separator: "/").count != 2 { throw ValidationError("say which as KIND/NAME: deploy/api") }
    }

    func print(_ question: RelatedObjects.Question) throws {
        try plainly {
            let environment = try connection.oneEnvironment()
            let words = object.split(separator: "/").map(String.init)
            let namespace = namespaces.names?.first ?? environment.info.defaultNamespace
            let answer = try waiting {
                let kind = try await environment.kind(named: words[0])
                let reference = ObjectReference(
                    environment: environment.info.id, kind: kind, namespace: kind.isNamespaced ? namespace : nil,
                    name: words[1])
                return try await environment.related(to: reference, question)
            }
            for notice in answer.notices { complain("midwatch: \(notice)") }
            try print(answer)
        }
    }

    private func print(_ answer: RelatedObjects) throws {
        switch output {
        case .json: try JSONOutput.print(answer.nodes.map(NodeReport.init))
        case .name:
            for node in answer.nodes { Swift.print(DisplayText.safe("\(node.object.kind.plural)/\(node.object.name)")) }
        default:
            guard !answer.nodes.isEmpty else { return complain("Nothing found.") }
            let rows = answer.nodes.map { node in
                [
                    String(repeating: "  ", count: node.depth) + "\(node.object.kind.kind)/\(node.object.name)",
                    node.words,
                ]
            }
            Swift.print(TextTable(["OBJECT", "STATE"], rows).text)
        }
    }
}

/// A node as `-o json` prints it.
private struct NodeReport: Encodable {
    let kind: String
    let namespace: String?
    let name: String
    let depth: Int
    let words: String

    init(_ node: RelatedObjects.Node) {
        kind = node.object.kind.kind
        namespace = node.object.namespace
        name = node.object.name
        depth = node.depth
        words = node.words
    }
}
