import ArgumentParser
import Canvas
import Core
import Foundation

/// Tells what was done from this machine, from the audit file.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Tell what was changed from here: who, when, what, with which answer.")

    @Option(help: ArgumentHelp("Only this environment.", valueName: "name"))
    var context: String?

    @Option(help: ArgumentHelp("Only the last so many lines; 0 for all.", valueName: "number"))
    var last = 50

    @Option(name: .shortAndLong, help: "How to print: table, json.")
    var output = OutputFormat.table

    func validate() throws {
        if output != .table, output != .json { throw ValidationError("the audit file is printed as table or json") }
        if last < 0 { throw ValidationError("--last takes 0 or more") }
    }

    func run() throws {
        try plainly {
            let folder = StateFolder(ProcessInfo.processInfo.environment).url
            let all = try AuditStory(folder: folder).lines.filter { context == nil || $0.environment == context }
            let lines = last == 0 ? all[...] : all.suffix(last)
            guard !lines.isEmpty else {
                throw PlainFailure(.notFound, "nothing is written down in \(folder.path)/audit.jsonl")
            }
            guard output == .table else { return lines.forEach { print(JSONOutput.safe($0.json)) } }
            let rows = lines.map { line in
                [line.time, line.person, line.environment, line.event, line.action, line.objects, line.answer]
            }
            print(TextTable(["TIME", "WHO", "ENVIRONMENT", "EVENT", "ACTION", "OBJECTS", "ANSWER"], rows).text)
        }
    }
}
