import ArgumentParser
import Core
import Foundation
import Model

/// Prints or follows the lines of a pod, or of all pods of a workload.
struct LogsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logs", abstract: "Print or follow the lines of a pod, or of all pods of a workload.")

    @Argument(help: "A pod's name, or KIND/NAME such as deploy/ledger-api.")
    var target: String

    @OptionGroup var connection: ConnectionOptions

    @Option(name: .shortAndLong, help: "Namespace.")
    var namespace: String?

    @Option(name: [.customShort("c"), .long], help: "Container; all of them without it.")
    var container: String?

    @Flag(name: .shortAndLong, help: "Go on with new lines.")
    var follow = false

    @Flag(name: .shortAndLong, help: "The instance before the last restart.")
    var previous = false

    @Option(help: "Lines from the end, of each container.")
    var tail: Int?

    @Option(help: ArgumentHelp("Only lines not older than this: 90s, 15m, 2h.", valueName: "duration"))
    var since: Duration?

    @Flag(help: "Print the time of each line.")
    var timestamps = false

    struct Duration: ExpressibleByArgument {
        let seconds: Double

        init?(argument: String) {
            let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
            guard let unit = argument.last.flatMap({ units[$0] }), let number = Double(argument.dropLast()), number >= 0
            else { return nil }
            seconds = number * unit
        }
    }

    func run() throws {
        try plainly {
            let environment = try connection.oneEnvironment()
            let (query, start) = (
                query(environment), since.map { Timestamp(seconds: Date().timeIntervalSince1970 - $0.seconds) }
            )
            let printer = LinePrinter(timestamps: timestamps)
            try waiting { [follow, tail] in
                if follow {
                    try await environment.followLogLines(
                        query, tail: tail ?? 100, since: start, status: { Self.tell($0) }, lines: { printer.print($0) })
                } else {
                    printer.print(try await environment.logLines(query, tail: tail, since: start))
                }
            }
        }
    }

    private func query(_ environment: Environment) -> LogQuery {
        LogQuery(
            environment: environment.info.id, namespace: namespace ?? environment.info.defaultNamespace,
            target: LogQuery.Target(word: target), container: container, previous: previous)
    }

    private static func tell(_ status: FeedStatus) {
        switch status.phase {
        case .stale(let reason), .failed(let reason): complain("midwatch: \(reason); still trying")
        case .forbidden(let reason), .absent(let reason): complain("midwatch: \(reason)")
        case .loading, .live, .ended: break
        }
        for notice in status.notices { complain("midwatch: \(notice)") }
    }
}
