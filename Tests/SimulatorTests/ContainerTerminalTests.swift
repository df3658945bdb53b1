import Foundation
import Testing

@testable import Simulator

@Suite("The terminal of a container", .timeLimit(.minutes(1)))
struct ContainerTerminalTests {
    /// Types something and gives what the screen was sent and what programs would read, line by line.
    private func type(_ keys: String) async throws -> (screen: String, lines: [String]) {
        let screen = Collector()
        let terminal = Terminal(output: screen)
        try await terminal.receive(Array(keys.utf8))
        terminal.input.finish()
        var lines: [String] = []
        while let line = try await terminal.input.read() { lines.append(String(decoding: line, as: UTF8.self)) }
        return (screen.text, lines)
    }

    @Test(
        "typing is shown and can be edited",
        arguments: [
            ("ab\r", "ab\r\n", ["ab\n"]), ("abc\u{7f}\u{7f}x\r", "abc\u{8} \u{8}\u{8} \u{8}x\r\n", ["ax\n"]),
            ("é灯\u{7f}\u{7f}\r", "é灯\u{8} \u{8}\u{8} \u{8}\u{8} \u{8}\r\n", ["\n"]),
            ("ab\u{15}c\r", "ab\u{8} \u{8}\u{8} \u{8}c\r\n", ["c\n"]),
            ("a bc\u{17}d\r", "a bc\u{8} \u{8}\u{8} \u{8}d\r\n", ["a d\n"]), ("\u{1b}[A\r", "^[[A\r\n", ["\u{1b}[A\n"]),
            ("ab\u{4}", "ab", ["ab"]), ("\u{4}", "", [""]), ("one\rtwo\r", "one\r\ntwo\r\n", ["one\n", "two\n"]),
            ("old\u{3}new\r", "old^Cnew\r\n", ["new\n"]),
        ])
    func editing(keys: String, screen: String, lines: [String]) async throws {
        let typed = try await type(keys)
        #expect(typed.screen == screen)
        #expect(typed.lines == lines)
    }

    @Test("a raw terminal passes every byte on and shows none")
    func raw() async throws {
        let screen = Collector()
        let terminal = Terminal(output: screen)
        terminal.mode = .raw
        try await terminal.receive([0x03, 0x7f])
        #expect(try await terminal.input.read() == [0x03, 0x7f])
        #expect(screen.all == [])
    }

    @Test("what is written gets its returns, and none of it twice")
    func output() async throws {
        let screen = Collector()
        try await Terminal(output: screen).write(Array("a\nb\r\n\nc".utf8))
        #expect(screen.text == "a\r\nb\r\r\n\r\nc")
    }

    @Test("ctrl-c ends the job in front and no other")
    func interrupt() async throws {
        let terminal = Terminal(output: Collector())
        let clock = ManualClock(now: KubernetesFixtures.now)
        async let outer = terminal.foreground {
            let inner = try await terminal.foreground { try await clock.sleep(seconds: 60) }
            return inner == nil ? "inner ended" : "inner went on"
        }
        await clock.waitForSleepers(1)
        try await terminal.receive([0x03])
        #expect(try await outer == "inner ended")
    }

    @Test("a megabyte typed at once arrives, a bounded part of it at a time")
    func paste() async throws {
        let terminal = Terminal(output: Nowhere())
        let line = String(repeating: "x", count: 99) + "\r"
        let keys = Array(String(repeating: line, count: 10_000).utf8)
        async let typed: Void = terminal.receive(keys)
        var count = 0
        while count < 1_000_000, let bytes = try await terminal.input.read() { count += bytes.count }
        try await typed
        #expect(count == 1_000_000)
    }

    @Test("several commands pasted at once are shown and run one after the other")
    func pastedCommands() async throws {
        let screen = Collector()
        let terminal = Terminal(output: screen)
        let output = TerminalOutput(terminal: terminal)
        let io = ProcessIO(input: TerminalInput(terminal: terminal), output: output, problems: output)
        let process = ExecProcess(machine: ContainerBench().machine, terminal: terminal, io: io)
        async let outcome = process.run(["sh"])
        try await terminal.receive(Array("echo one\rhead -1\rtyped ahead\rexit 3\r".utf8))
        #expect(await outcome == .exited(3))
        #expect(screen.text.hasSuffix("one\r\nshop-1# head -1\r\ntyped ahead\r\nshop-1# exit 3\r\n"))
    }
}
