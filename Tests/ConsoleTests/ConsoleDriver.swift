import Canvas
import Console
import Model
import PaneKit

/// Drives a whole console without a terminal: presses keys, lets time pass, and looks at the screen.
struct ConsoleDriver {
    var console: Console
    var effects: [Effect] = []

    init(
        panes: [PaneDescriptor] = [ScriptedPane.descriptor("alpha"), ScriptedPane.descriptor("beta")],
        world: World = .twoEnvironments, scope: Scope = Scope(environments: ["sandbox"]),
        settings: ConsoleSettings = .plain, width: Int = 80, height: Int = 24, press: String = ""
    ) {
        console = Console(settings: settings, panes: panes, world: world, scope: scope)
        effects = console.start(size: Size(width: width, height: height))
        self.press(press)
    }

    /// Presses keys written as they are typed, special ones in angle brackets: "jj<enter>:po<tab>".
    mutating func press(_ keys: String) {
        var rest = keys[...]
        while let first = rest.first {
            if first == "<", let end = rest.firstIndex(of: ">"),
                let key = Key(String(rest[rest.index(after: rest.startIndex)..<end]))
            {
                handle(.key(key))
                rest = rest[rest.index(after: end)...]
            } else {
                handle(.key(Key(first)))
                rest = rest.dropFirst()
            }
        }
    }

    mutating func handle(_ event: InputEvent) { effects += console.handle(event) }
    mutating func apply(_ updates: FeedUpdate...) { effects += console.apply(updates) }
    mutating func pass(seconds: Double) {
        effects += console.tick(
            now: Timestamp(nanoseconds: console.world.now.nanoseconds + Int64(seconds * 1e9)))
    }
    /// The effects since the last call.
    mutating func takeEffects() -> [Effect] {
        defer { effects = [] }
        return effects
    }

    var frame: Frame {
        let frame = Frame(console.size)
        console.draw(into: frame)
        return frame
    }
    var rows: [String] { frame.textRows }
    /// The line above the bottom line.
    var message: String { rows[console.size.height - 2] }
}

extension World {
    /// A sandbox, and a production that is protected; 14:03 UTC.
    static var twoEnvironments: World {
        World(
            environments: [
                EnvironmentInfo(id: "sandbox", server: "https://sandbox.example:6443", user: "ada"),
                EnvironmentInfo(id: "production", server: "https://prod.example:6443", user: "ada", isProtected: true),
            ], now: Timestamp(seconds: 1_700_000_000 - 1_700_000_000.0.truncatingRemainder(dividingBy: 86400) + 50_580))
    }
}

extension ConsoleSettings {
    static var plain: ConsoleSettings {
        let plain = Theme(name: "plain", summary: "no colours", palette: .plain)
        let other = Theme(name: "other", summary: "also none", palette: Palette())
        return ConsoleSettings(theme: plain, themes: [plain, other])
    }
}
