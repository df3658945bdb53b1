import ArgumentParser

/// What every command that changes something takes.
struct ActionOptions: ParsableArguments {
    @OptionGroup var connection: ConnectionOptions

    @Option(name: .shortAndLong, help: ArgumentHelp("Namespace.", valueName: "name"))
    var namespace: String?

    @Flag(help: "Say what would be done, checked by the server, and do nothing.")
    var dryRun = false

    @Option(help: ArgumentHelp("The name of the protected environment that is to be changed.", valueName: "name"))
    var confirm: String?

    @Flag(name: [.customShort("y"), .long], help: "Do not ask; where nothing is protected.")
    var yes = false

    @Flag(inversion: .prefixedNo, help: "Wait for the end: roll-outs, successors, disappearance.")
    var wait = true

    @Option(name: .shortAndLong, help: "How to report: text, json.")
    var output = ReportFormat.text
}

/// How a report is printed.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable { case text, json }
