import ArgumentParser
import Model

/// Makes jobs of cron jobs, now.
struct TriggerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "trigger", abstract: "Run cron jobs now.")
    @Argument(help: ArgumentHelp("Cron jobs.", valueName: "cronjob")) var objects: [String]
    @OptionGroup var options: ActionOptions
    func run() throws {
        try plainly { try ActionConduct.run(options, .trigger, on: ObjectWords(objects, kind: "cronjobs")) }
    }
}

/// Suspends jobs and cron jobs.
struct SuspendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "suspend", abstract: "Suspend jobs and cron jobs.")
    @Argument(help: ArgumentHelp("cronjob/nightly, job/import; a bare name is a cron job.", valueName: "kind/name"))
    var objects: [String]
    @OptionGroup var options: ActionOptions
    func run() throws {
        try plainly { try ActionConduct.run(options, .suspend, on: ObjectWords(objects, kind: "cronjobs")) }
    }
}

/// Lets suspended jobs and cron jobs go on.
struct UnsuspendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unsuspend", abstract: "Let suspended jobs and cron jobs go on.")
    @Argument(help: ArgumentHelp("cronjob/nightly, job/import; a bare name is a cron job.", valueName: "kind/name"))
    var objects: [String]
    @OptionGroup var options: ActionOptions
    func run() throws {
        try plainly { try ActionConduct.run(options, .unsuspend, on: ObjectWords(objects, kind: "cronjobs")) }
    }
}

/// Runs jobs once more.
struct RerunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun", abstract: "Run jobs once more, under new names.")
    @Argument(help: ArgumentHelp("Jobs.", valueName: "job")) var objects: [String]
    @OptionGroup var options: ActionOptions
    func run() throws { try plainly { try ActionConduct.run(options, .rerun, on: ObjectWords(objects, kind: "jobs")) } }
}
