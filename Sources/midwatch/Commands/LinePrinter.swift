import Canvas
import Foundation
import Model
import Synchronization

/// Prints log lines: safe on a terminal, as they are into a pipe or a file that a person asked for.
final class LinePrinter: Sendable {
    private struct State {
        var sources: Set<LogSource> = []
        var isNamed: Bool
    }

    private let timestamps: Bool
    private let isTerminal = isatty(STDOUT_FILENO) != 0
    private let state: Mutex<State>

    /// `alwaysNamed`: every line begins with its pod and container. Otherwise they do from the second container on that
    /// has a line, and then to the end.
    init(timestamps: Bool, alwaysNamed: Bool) {
        self.timestamps = timestamps
        state = Mutex(State(isNamed: alwaysNamed))
    }

    func print(_ lines: [LogLine]) {
        let isNamed = state.withLock { state in
            state.sources.formUnion(lines.lazy.map(\.source))
            state.isNamed = state.isNamed || state.sources.count > 1
            return state.isNamed
        }
        FileHandle.standardOutput.write(Data(lines.map { text($0, isNamed: isNamed) }.joined().utf8))
    }

    private func text(_ line: LogLine, isNamed: Bool) -> String {
        let name = isNamed ? DisplayText.safe("[\(line.source.pod)/\(line.source.container)] ") : ""
        let time = timestamps ? line.time.rfc3339 + " " : ""
        let words = String(decoding: line.text, as: UTF8.self)
        return name + time + (isTerminal ? DisplayText.safe(words, keeping: ["\t"]) : words) + "\n"
    }
}

extension LogQuery.Target {
    /// Whether its lines can come from several pods, so that each line has to say which.
    var hasManyPods: Bool { if case .pod = self { false } else { true } }
}
