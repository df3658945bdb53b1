import ArgumentParser
import Model

/// Keeps new pods off nodes.
struct CordonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "cordon", abstract: "Let nothing new start on nodes.")
    @Argument(help: ArgumentHelp("Nodes.", valueName: "node")) var nodes: [String]
    @OptionGroup var options: ActionOptions
    func run() throws { try plainly { try ActionConduct.run(options, .cordon, on: ObjectWords(nodes, kind: "nodes")) } }
}

/// Lets pods start on nodes again.
struct UncordonCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "uncordon", abstract: "Let pods start on nodes again.")
    @Argument(help: ArgumentHelp("Nodes.", valueName: "node")) var nodes: [String]
    @OptionGroup var options: ActionOptions
    func run() throws {
        try plainly { try ActionConduct.run(options, .uncordon, on: ObjectWords(nodes, kind: "nodes")) }
    }
}

/// Cordons nodes and evicts their pods.
struct DrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain", abstract: "Cordon nodes and evict their pods, as far as disruption budgets allow.")

    @Argument(help: ArgumentHelp("Nodes.", valueName: "node")) var nodes: [String]

    @Flag(inversion: .prefixedNo, help: "Leave the pods of daemon sets where they are.")
    var ignoreDaemonsets = true

    @Flag(
        name: .customLong("delete-emptydir-data"), help: "Also pods that keep data in emptyDir volumes, which is lost.")
    var deleteEmptyDirData = false

    @Flag(help: "Also pods that nothing would bring back.")
    var force = false

    @Option(help: ArgumentHelp("Seconds that pods get to end.", valueName: "seconds"))
    var gracePeriod: Int?

    @Option(help: ArgumentHelp("Seconds to wait for disruption budgets.", valueName: "seconds"))
    var timeout = 300

    @OptionGroup var options: ActionOptions

    func validate() throws {
        if let gracePeriod, gracePeriod < 0 { throw ValidationError("--grace-period takes 0 or more seconds") }
        if timeout < 0 { throw ValidationError("--timeout takes 0 or more seconds") }
    }

    func run() throws {
        try plainly {
            var drain = DrainOptions()
            drain.ignoresDaemonSets = ignoreDaemonsets
            drain.deletesEmptyDirData = deleteEmptyDirData
            drain.includesUnowned = force
            drain.grace = gracePeriod
            drain.patience = timeout
            try ActionConduct.run(options, .drain(drain), on: ObjectWords(nodes, kind: "nodes"))
        }
    }
}

/// Evicts pods.
struct EvictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evict", abstract: "Delete pods as far as disruption budgets allow.")
    @Argument(help: ArgumentHelp("Pods.", valueName: "pod")) var pods: [String]
    @OptionGroup var options: ActionOptions
    func run() throws { try plainly { try ActionConduct.run(options, .evict, on: ObjectWords(pods, kind: "pods")) } }
}
