import ArgumentParser
import Canvas
import Core
import Foundation

/// How a subcommand prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable { case table, wide, json, yaml, name }

/// Columns as kubectl prints them: titles in capitals, three blanks between, nothing behind the last.
struct TextTable {
    private var rows: [[String]]

    /// Every cell is made safe: what a server sent never reaches a terminal raw.
    init(_ titles: [String], _ rows: [[String]]) {
        self.rows = ([titles.map { $0.uppercased() }] + rows).map { $0.map { DisplayText.safe($0) } }
    }

    var text: String { lines(rows).joined(separator: "\n") }

    /// Without the titles, for rows that follow a table already printed.
    var body: String { lines(rows).dropFirst().joined(separator: "\n") }

    private func lines(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let widths = (0..<count).map { column in
            // The least width and the padding are those of kubectl's tab writer.
            max(6, rows.map { column < $0.count ? DisplayText.width($0[column]) + 3 : 0 }.max() ?? 0)
        }
        return rows.map { row in
            row.enumerated().map { index, cell in
                index == row.count - 1
                    ? cell : cell + String(repeating: " ", count: max(0, widths[index] - DisplayText.width(cell)))
            }.joined()
        }
    }
}

/// Prints values as JSON, sorted keys, times in RFC 3339.
enum JSONOutput {
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(value)
        Swift.print(String(decoding: data, as: UTF8.self))
    }
}

/// Says something on stderr, made safe.
func complain(_ words: String) {
    FileHandle.standardError.write(Data((DisplayText.safe(words, keeping: ["\n"]) + "\n").utf8))
}

/// Runs a subcommand's work; a failure is one plain sentence on stderr and an exit code that a script can use.
func plainly(_ work: () throws -> Void) throws {
    do {
        try work()
    } catch let code as ExitCode {
        throw code
    } catch let mistake as ValidationError {
        throw mistake
    } catch {
        let failure = PlainFailure(error)
        complain("midwatch: \(failure.message)")
        throw ExitCode(failure.exitCode)
    }
}

extension PlainFailure {
    /// As the manual page lists them.
    var exitCode: Int32 {
        switch kind {
        case .other: 1
        case .notFound: 2
        case .unreachable: 3
        case .refused: 4
        case .mistaken: 64
        }
    }
}
