import ArgumentParser

/// The commands that change something, in the order in which the help lists them.
enum ActionCommands {
    static let all: [any ParsableCommand.Type] = [
        RestartCommand.self, ScaleCommand.self, RolloutCommand.self, SetImageCommand.self, DeleteCommand.self,
        EvictCommand.self, CordonCommand.self, UncordonCommand.self, DrainCommand.self, LabelCommand.self,
        AnnotateCommand.self, ApplyCommand.self, CreateCommand.self, EditCommand.self, TriggerCommand.self,
        SuspendCommand.self, UnsuspendCommand.self, RerunCommand.self, RevealCommand.self, RollBackReleaseCommand.self,
        AuditCommand.self,
    ]
}
