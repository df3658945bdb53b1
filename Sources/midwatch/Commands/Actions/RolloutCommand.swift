import ArgumentParser
import Canvas
import Core
import Model

/// Everything about roll-outs, as kubectl has it.
struct RolloutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollout", abstract: "Follow, undo, pause, resume and restart roll-outs.",
        subcommands: [Status.self, History.self, Undo.self, Pause.self, Resume.self, Restart.self])

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Follow a roll-out to its end.")
        @Argument(help: ArgumentHelp("deploy/api", valueName: "kind/name")) var object: String
        @OptionGroup var options: ActionOptions

        func run() throws {
            try plainly {
                let environment = try options.connection.oneEnvironment()
                let workload = try ObjectWords([object]).references(in: environment, namespace: options.namespace)[0]
                let waits = options.wait
                try waiting {
                    try await environment.followRollout(of: workload, waits: waits) { print(DisplayText.safe($0)) }
                }
            }
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List a workload's revisions.")
        @Argument(help: ArgumentHelp("deploy/api", valueName: "kind/name")) var object: String
        @OptionGroup var options: ActionOptions

        func run() throws {
            try plainly {
                let environment = try options.connection.oneEnvironment()
                let workload = try ObjectWords([object]).references(in: environment, namespace: options.namespace)[0]
                let revisions = try waiting { try await environment.revisions(of: workload) }
                if options.output == .json { return try JSONOutput.print(revisions.map(RevisionReport.init)) }
                let rows = revisions.map { revision in
                    [
                        String(revision.number) + (revision.isPresent ? " *" : ""),
                        revision.cause.isEmpty ? "<none>" : revision.cause,
                        revision.images.joined(separator: ", "),
                    ]
                }
                print(TextTable(["REVISION", "CHANGE-CAUSE", "IMAGES"], rows).text)
            }
        }
    }

    struct Undo: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go back to a revision; the difference is shown first.")
        @Argument(help: ArgumentHelp("deploy/api …", valueName: "kind/name")) var objects: [String]
        @Option(help: ArgumentHelp("The revision; without it the one before.", valueName: "number"))
        var toRevision: Int?
        @OptionGroup var options: ActionOptions

        func run() throws {
            // As kubectl: 0 is the one before.
            let revision = toRevision == 0 ? nil : toRevision
            try plainly { try ActionConduct.run(options, .undoRollout(revision: revision), on: ObjectWords(objects)) }
        }
    }

    struct Pause: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Pause the roll-outs of deployments.")
        @Argument(help: ArgumentHelp("deploy/api …", valueName: "kind/name")) var objects: [String]
        @OptionGroup var options: ActionOptions
        func run() throws { try plainly { try ActionConduct.run(options, .pauseRollout, on: ObjectWords(objects)) } }
    }

    struct Resume: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Resume paused roll-outs.")
        @Argument(help: ArgumentHelp("deploy/api …", valueName: "kind/name")) var objects: [String]
        @OptionGroup var options: ActionOptions
        func run() throws { try plainly { try ActionConduct.run(options, .resumeRollout, on: ObjectWords(objects)) } }
    }

    struct Restart: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Restart workloads.")
        @Argument(help: ArgumentHelp("deploy/api …", valueName: "kind/name")) var objects: [String]
        @OptionGroup var options: ActionOptions
        func run() throws { try plainly { try ActionConduct.run(options, .restart, on: ObjectWords(objects)) } }
    }
}

/// A revision for `-o json`.
private struct RevisionReport: Encodable {
    let revision: Int
    let isPresent: Bool
    let cause: String
    let images: [String]
    let object: String

    init(_ revision: RolloutRevision) {
        self.revision = revision.number
        isPresent = revision.isPresent
        cause = revision.cause
        images = revision.images
        object = revision.object
    }
}
