import Canvas
import Testing

@testable import NcursesTerminal

@Suite("How many colours a terminal gets")
struct ColourDetectionTests {
    private func depth(
        _ environment: [String: String] = [:], type: String = "xterm-256color", colours: Int = 256, rgb: Bool = false,
        setting: TerminalSettings.Colours = .auto
    ) -> ColourDepth {
        ColourDepth.detect(
            setting, ColourFacts(type: type, colours: colours, takesRGB: rgb), environment: environment)
    }

    @Test("what terminfo says")
    func terminfo() {
        #expect(depth() == .twoHundredFiftySix)
        #expect(depth(colours: 16) == .sixteen)
        #expect(depth(type: "linux", colours: 8) == .eight)
        #expect(depth(type: "vt100", colours: -1) == .none)
        #expect(depth(type: "xterm-direct", colours: 1 << 24, rgb: true) == .direct)
    }

    @Test("COLORTERM raises it") func colorterm() { #expect(depth(["COLORTERM": "truecolor"]) == .direct) }

    @Test("but not inside GNU screen, which passes the word on and not the colours")
    func screen() {
        #expect(depth(["COLORTERM": "truecolor"], type: "screen-256color") == .twoHundredFiftySix)
        #expect(depth(["COLORTERM": "truecolor", "TMUX": "x"], type: "screen-256color") == .direct)
    }

    @Test("NO_COLOR takes all away, unless it is empty")
    func noColor() {
        #expect(depth(["NO_COLOR": "1", "COLORTERM": "24bit"]) == .none)
        #expect(depth(["NO_COLOR": ""]) == .twoHundredFiftySix)
    }

    @Test("a setting outranks everything but a terminal without colours")
    func setting() {
        #expect(depth(["NO_COLOR": "1"], setting: .sixteen) == .sixteen)
        #expect(depth(setting: .none) == .none)
        #expect(depth(type: "vt100", colours: -1, setting: .direct) == .none)
    }
}

@Suite("A description with exact colours, made from the terminal's own")
struct DirectColourTests {
    @Test("keeps everything else, and can be read again")
    func rewritten() throws {
        let own = try #require(
            TerminfoFile.bytes(of: "xterm-256color", environment: [:]), "no terminfo on this machine")
        let before = try #require(CompiledTerminfo(own))
        let made = try #require(DirectColour.description(from: own))
        let after = try #require(CompiledTerminfo(made))
        #expect(after.numbers[13] == 1 << 24)
        #expect(after.extendedFlags.contains { $0.name == Array("RGB".utf8) && $0.value == 1 })
        #expect(after.strings[10] == before.strings[10])  // cursor_address
        #expect(after.extendedStrings.map(\.name) == before.extendedStrings.map(\.name))
        #expect(after.extendedStrings.map(\.value) == before.extendedStrings.map(\.value))
        #expect(CompiledTerminfo(before.bytes)?.strings == before.strings)
    }

    @Test("what is no description is refused, cut short anywhere")
    func broken() throws {
        let own = try #require(
            TerminfoFile.bytes(of: "xterm-256color", environment: [:]), "no terminfo on this machine")
        for length in 0..<own.count { _ = CompiledTerminfo(Array(own[..<length])) }
        #expect(CompiledTerminfo([]) == nil)
        #expect(CompiledTerminfo(Array("not a description".utf8)) == nil)
    }

    @Test("the darkest blues are told from palette numbers")
    func numbers() {
        #expect(DirectColour.number(of: RGB(0x12, 0x34, 0x56)) == 0x123456)
        #expect(DirectColour.number(of: RGB(0, 0, 7)) == 0x107)
    }
}
