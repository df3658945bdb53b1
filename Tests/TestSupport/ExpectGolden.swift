import Canvas
import Foundation
import Testing

/// Compares a frame with the golden one in `Golden/NAME.txt` beside the calling test: rows as text, then a layer of role
/// letters, then (where any ground but the plain one shows) a layer of ground letters.
///
/// A missing or different file fails; with MIDWATCH_WRITE_GOLDEN=1 in the environment it is written instead.
public func expectGolden(
    _ frame: Frame, _ name: String, file: String = #filePath, sourceLocation: SourceLocation = #_sourceLocation
) {
    let golden = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Golden")
    let path = golden.appendingPathComponent(name + ".txt")
    let drawn = goldenText(of: frame)
    if ProcessInfo.processInfo.environment["MIDWATCH_WRITE_GOLDEN"] == "1" {
        do {
            try FileManager.default.createDirectory(at: golden, withIntermediateDirectories: true)
            try drawn.write(to: path, atomically: true, encoding: .utf8)
        } catch {
            Issue.record("cannot write \(path.path): \(error)", sourceLocation: sourceLocation)
        }
        return
    }
    guard let expected = try? String(contentsOf: path, encoding: .utf8) else {
        // A file that cannot be read is the same news as one that is not there.
        Issue.record("no golden frame \(name); drawn was:\n\(drawn)", sourceLocation: sourceLocation)
        return
    }
    if expected != drawn {
        Issue.record("golden frame \(name) differs; drawn was:\n\(drawn)", sourceLocation: sourceLocation)
    }
}

/// A frame as a golden file holds it.
public func goldenText(of frame: Frame) -> String {
    var parts = ["\(frame.size.width)x\(frame.size.height)"] + frame.textRows
    parts.append("-- roles")
    parts += layer(of: frame) { roleLetter($0) }
    if frame.cells.contains(where: { $0.style.ground != .plain }) {
        parts.append("-- grounds")
        parts += layer(of: frame) { groundLetter($0.style.ground) }
    }
    parts += paints(of: frame)
    if let cursor = frame.cursor { parts.append("-- cursor \(cursor.x),\(cursor.y)") }
    return parts.joined(separator: "\n") + "\n"
}

private func layer(of frame: Frame, _ letter: (Cell) -> Character) -> [String] {
    (0..<frame.size.height).map { y in
        var row = String(frame.row(y).map(letter))
        while row.last == " " { row.removeLast() }
        return row
    }
}

/// The colours that a shell's program chose: a letter a pair, and what each letter is.
private func paints(of frame: Frame) -> [String] {
    var letters: [Paint: Character] = [:]
    var legend: [String] = []
    for cell in frame.cells where cell.style.paint != .none && letters[cell.style.paint] == nil {
        let letter = Character(Unicode.Scalar(UInt8(97 + letters.count % 26)))
        letters[cell.style.paint] = letter
        legend.append("\(letter): \(cell.style.paint.foreground) on \(cell.style.paint.background)")
    }
    guard !letters.isEmpty else { return [] }
    return ["-- paints"] + layer(of: frame) { letters[$0.style.paint] ?? " " } + legend
}

private func roleLetter(_ cell: Cell) -> Character {
    if cell == .blank || (cell.text == " " && cell.style.ground == .plain) { return " " }
    return roleLetters[cell.style.role] ?? "?"
}

private let roleLetters: [Role: Character] = {
    var letters: [Role: Character] = [
        .text: ".", .muted: "m", .accent: "a", .title: "t", .border: "b", .header: "h", .key: "k", .good: "g",
        .progressing: "p", .warning: "w", .critical: "c", .danger: "D", .link: "l", .number: "n", .string: "s",
        .keyword: "K", .comment: "C",
    ]
    for (index, letter) in "0123456789ABEFGH".enumerated() { letters[Role.ansi(index)] = letter }
    for (index, letter) in "STUVWXYZ".enumerated() { letters[Role.series(index)] = letter }
    return letters
}()

private func groundLetter(_ ground: Ground) -> Character {
    switch ground {
    case .plain: " "
    case .selection: "s"
    case .inactiveSelection: "i"
    case .marked: "m"
    case .match: "f"
    case .currentMatch: "F"
    case .bar: "b"
    case .dangerBar: "D"
    case .popup: "p"
    }
}
