import ArgumentParser
import Model

/// Deletes objects.
struct DeleteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "delete", abstract: "Delete objects of any kind.")

    @Argument(help: ArgumentHelp("pod/api-1, or a kind and names.", valueName: "kind/name"))
    var objects: [String]

    @Option(help: "What becomes of dependants: background, foreground, orphan.")
    var cascade = DeleteOptions.Propagation.background

    @Option(help: ArgumentHelp("Seconds that pods get to end.", valueName: "seconds"))
    var gracePeriod: Int?

    @Flag(help: "Pods: take them from the server at once, whether their node has stopped them or not.")
    var force = false

    @OptionGroup var options: ActionOptions

    func validate() throws {
        if let gracePeriod, gracePeriod < 0 { throw ValidationError("--grace-period takes 0 or more seconds") }
    }

    func run() throws {
        try plainly {
            let verb = ActionVerb.delete(DeleteOptions(propagation: cascade, grace: gracePeriod, isForced: force))
            try ActionConduct.run(options, verb, on: ObjectWords(objects))
        }
    }
}

extension DeleteOptions.Propagation: ExpressibleByArgument {}
