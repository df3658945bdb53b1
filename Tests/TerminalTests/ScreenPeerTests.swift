import Foundation
import TerminalScreen
import Testing

/// The emulator beside another one that nobody here wrote: the same bytes must give the same picture.
@Suite("Beside tmux", .enabled(if: Tmux.path != nil, "needs tmux"), .serialized)
struct ScreenPeerTests {
    private static let columns = 20
    private static let rows = 8

    @Test("what programs may write looks as it does in tmux, on thirty screens of each sort", arguments: [false, true])
    func pictures(_ isWide: Bool) throws {
        let tmux = try Tmux(width: Self.columns, height: Self.rows)
        defer { tmux.end() }
        for seed in 0..<UInt64(30) {
            try expectSame(ProgramOutput(seed: seed, isWide, Self.columns, Self.rows).text, tmux)
        }
    }

    private func expectSame(_ stream: String, _ tmux: Tmux) throws {
        let file = tmux.file(named: "stream", holding: stream)
        let screen = ScreenBuffer(columns: Self.columns, rows: Self.rows)
        _ = screen.write(Array(stream.utf8))
        try tmux.run(instead: "stty -opost -echo; cat \(file); exec sleep 60")
        try tmux.wait(10, what: "\n\(screen.text.joined(separator: "\n"))\nof \(stream.debugDescription)") { seen in
            seen.split(separator: "\n", omittingEmptySubsequences: false).prefix(Self.rows).map(trimmed)
                == screen.text.map(trimmed)
        }
    }

    private func trimmed(_ row: some StringProtocol) -> String {
        var row = String(row)
        while row.hasSuffix(" ") { row.removeLast() }
        return row
    }
}

/// Output as programs make it, with a seed: text that wraps, cursor moves, erasing, regions. Left out is what emulators do
/// in their own ways: line feeds and erasing while the cursor waits behind the last column, erased halves of wide
/// characters, and lines inserted outside the region.
private struct ProgramOutput {
    private(set) var text = ""
    private var random: Seeded
    private let isWide: Bool
    private let columns: Int
    private let rows: Int

    init(seed: UInt64, _ isWide: Bool, _ columns: Int, _ rows: Int) {
        random = Seeded(state: seed)
        self.isWide = isWide
        self.columns = columns
        self.rows = rows
        for _ in 0..<60 { text += piece() }
    }

    private mutating func piece() -> String {
        switch Int.random(in: 0..<100, using: &random) {
        case ..<45: words()
        case ..<60: ["\r\n", "\r", "\t", "\r\n\r\n", "\u{1B}M"].randomElement(using: &random) ?? ""
        case ..<75: "\u{1B}[\(number());\(number())H"
        case ..<90:
            place() + "\u{1B}[\(number())"
                + (["A", "B", "C", "D", "E", "F", "G", "d", isWide ? "A" : "X"].randomElement(using: &random) ?? "")
        case ..<94 where !isWide:
            place() + "\u{1B}[\(["", "0", "1", "2"].randomElement(using: &random) ?? "")"
                + (Bool.random(using: &random) ? "J" : "K")
        case ..<97:
            "\u{1B}[r" + place() + "\u{1B}[\(number())" + (["L", "M", "S", "T"].randomElement(using: &random) ?? "")
                + "\r"
        default: region()
        }
    }

    private mutating func words() -> String {
        let words = ["a", "xyz", "hello ", "é", "  ", "long text that wraps around "] + (isWide ? ["日", "本語"] : [])
        return (0..<Int.random(in: 1...4, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }
            .joined()
    }

    private mutating func number() -> String {
        ["", "0", "1", "2", "3", "5", "9", "30"].randomElement(using: &random) ?? ""
    }

    private mutating func place() -> String {
        "\u{1B}[\(Int.random(in: 1...rows, using: &random));\(Int.random(in: 1...columns, using: &random))H"
    }

    private mutating func region() -> String {
        let top = Int.random(in: 1..<rows, using: &random)
        return "\u{1B}[\(top);\(Int.random(in: (top + 1)...rows, using: &random))r"
    }
}

/// A small generator with a seed, so that a failure can be seen again.
private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
