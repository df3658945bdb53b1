import Canvas
import Testing

@testable import Console
@testable import PaneKit

@Suite("The key map")
struct KeymapTests {
    private static let sets = [
        [
            Command("describe", "describe", help: "", keys: ["d"], group: ""),
            Command("delete", "delete", help: "", keys: ["ctrl-d"], group: ""),
        ],
        [
            Command("describe", "describe", help: "", keys: ["d"], group: ""),
            Command("search", "search", help: "", keys: ["/"], group: ""),
        ],
    ]

    private func problem(_ changes: KeyOverride...) -> String? {
        do {
            _ = try Keymap(changes, sets: Self.sets)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("a changed key means the command, and the former one nothing")
    func changed() throws {
        let keymap = try Keymap([KeyOverride(command: "describe", keys: ["i", "f2"])], sets: Self.sets)
        #expect(keymap.command(for: Key("i"), among: Self.sets[0])?.id == "describe")
        #expect(keymap.command(for: Key("d"), among: Self.sets[0]) == nil)
        #expect(keymap.keys(of: "describe") == [Key("i"), Key(.function(2))])
        #expect(keymap.keys(of: "search") == [Key("/")])
    }

    @Test("an empty list takes the keys away")
    func none() throws {
        let keymap = try Keymap([KeyOverride(command: "delete", keys: [])], sets: Self.sets)
        #expect(keymap.command(for: .control("d"), among: Self.sets[0]) == nil)
    }

    @Test("a key of two commands that can be active together is an error")
    func conflict() {
        #expect(
            problem(KeyOverride(command: "delete", keys: ["d"]))
                == #"the key d would mean both "describe" and "delete"; give one of them other keys under keys: in the configuration"#
        )
    }

    @Test("a key of two commands that never meet is none")
    func noConflict() { #expect(problem(KeyOverride(command: "search", keys: ["ctrl-d"])) == nil) }

    @Test("an unknown command gets the nearest known one")
    func unknown() {
        #expect(
            problem(KeyOverride(command: "descibe", keys: ["x"], line: 12))
                == #"config.yaml:12: no command is called "descibe"; did you mean "describe"?"#)
    }

    @Test("what is no key is named")
    func noKey() {
        #expect(
            problem(KeyOverride(command: "delete", keys: ["ctrl-xx"], line: 3))
                == #"config.yaml:3: "ctrl-xx" is no key; keys look like x, X, ctrl-x, f5"#)
    }

    @Test("the console's own keys never meet each other")
    func own() throws { _ = try Keymap([], sets: Console.commandSets(panes: [ScriptedPane.descriptor("alpha")])) }
}
