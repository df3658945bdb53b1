import ArgumentParser

/// The commands that go into containers, in the order in which the help lists them.
enum SessionCommands {
    static let all: [any ParsableCommand.Type] = [
        ExecCommand.self, AttachCommand.self, DebugCommand.self, CopyCommand.self, ForwardCommand.self,
    ]
}
