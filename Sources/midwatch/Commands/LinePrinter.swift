import Canvas
import Foundation
import Model

/// Prints log lines: safe on a terminal, as they are into a pipe or a file that a person asked for.
struct LinePrinter: Sendable {
    let timestamps: Bool
    private let isTerminal = isatty(STDOUT_FILENO) != 0

    init(timestamps: Bool) { self.timestamps = timestamps }

    func print(_ lines: [LogLine]) {
        let several = Set(lines.map(\.source)).count > 1
        var text = ""
        for line in lines {
            if several { text += DisplayText.safe("[\(line.source.pod)/\(line.source.container)] ") }
            if timestamps { text += line.time.rfc3339 + " " }
            let words = String(decoding: line.text, as: UTF8.self)
            text += (isTerminal ? DisplayText.safe(words, keeping: ["\t"]) : words) + "\n"
        }
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
