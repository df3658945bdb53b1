import ArgumentParser

/// The commands that change something, in the order in which the help lists them.
enum ActionCommands {
    static let all: [any ParsableCommand.Type] = [RestartCommand.self, ScaleCommand.self, DeleteCommand.self]
}
