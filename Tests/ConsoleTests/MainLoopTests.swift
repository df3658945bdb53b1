import Canvas
import Model
import PaneKit
import Testing

@testable import Console

@Suite("The main loop")
struct MainLoopTests {
    /// Runs a loop whose waits are scripted: each wait is one step, and the script ends by quitting.
    private func run(_ steps: [@Sendable (Stage) -> Void]) -> Stage {
        let stage = Stage(steps)
        let console = Console(
            settings: .plain, panes: [ScriptedPane.descriptor("alpha")], world: .twoEnvironments,
            scope: Scope(environments: ["sandbox"]))
        MainLoop(
            console: console, terminal: stage.terminal, inbox: stage, effects: stage, now: { stage.now },
            wait: { _, seconds in stage.wait(seconds) }
        ).run()
        return stage
    }

    @Test("draws the first frame before it waits for anything")
    func first() {
        let stage = run([{ #expect($0.terminal.presented == 1) }])
        #expect(stage.terminal.rows[0].hasPrefix(" 1 Alpha"))
    }

    @Test("a key is answered at once")
    func key() {
        let stage = run([
            { $0.terminal.waiting = [.key(Key("j"))] },
            { #expect($0.terminal.rows[2] == "alpha line 1") },
        ])
        #expect(stage.waits[1] <= 1)
    }

    @Test("data is drawn no more than thirty times a second")
    func data() {
        let update = FeedUpdate(.server("sandbox"), status: FeedStatus(.live))
        let stage = run([
            {
                $0.updates = [update]
                $0.advance(0.001)
            },
            {
                #expect($0.terminal.presented == 1)
                $0.advance($0.waits[1])
            },
            { #expect($0.terminal.presented == 2) },
        ])
        #expect(abs(stage.waits[1] - (1.0 / 30 - 0.001)) < 0.0001)
    }

    @Test("with nothing to do it wakes less and less often, at most every five seconds")
    func idle() {
        let pass: @Sendable (Stage) -> Void = { $0.advance($0.waits.last ?? 0) }
        #expect(run([pass, pass, pass, pass, pass]).waits == [1, 2, 4, 5, 5, 5])
    }

    @Test("effects for the outside reach the handler, and its words the person")
    func outside() {
        let stage = run([
            {
                $0.answer = Notice("saved")
                $0.terminal.waiting = [.key(.control("r"))]
            },
            { #expect($0.terminal.rows[22] == " saved") },
        ])
        #expect(stage.performed.prefix(2) == [.subscribe(.server("sandbox")), .subscribe(.kinds("sandbox"))])
        #expect(stage.performed.contains(.refresh(.server("sandbox"))))
    }

    @Test("ctrl-z stops, and draws at the new size afterwards")
    func suspend() {
        let stage = run([
            {
                $0.terminal.waiting = [.key(.control("z"))]
                $0.terminal.size = Size(width: 30, height: 6)
            },
            { #expect($0.terminal.frame?.size == Size(width: 30, height: 6)) },
        ])
        #expect(stage.terminal.suspended == 1)
    }

    @Test("the loss of the terminal ends it")
    func closed() { #expect(run([{ $0.terminal.waiting = [.closed] }]).waits.count == 1) }

    @Test("the terminal gets the theme's palette")
    func palette() {
        let stage = run([
            { $0.terminal.waiting = ":theme other".map { .key(Key($0)) } + [.key(Key(.enter))] }, { _ in },
        ])
        #expect(stage.terminal.palette == Palette())
    }
}

/// Everything around the loop: terminal, inbox, handler and clock.
final class Stage: UpdateInbox, EffectHandler {
    let terminal = MemoryTerminal(width: 80, height: 24)
    let descriptor: Int32 = -1
    var updates: [FeedUpdate] = []
    var answer: Notice?
    private(set) var now = World.twoEnvironments.now
    private(set) var performed: [Effect] = []
    private(set) var waits: [Double] = []
    private var steps: [@Sendable (Stage) -> Void]

    init(_ steps: [@Sendable (Stage) -> Void]) { self.steps = steps }

    func wait(_ seconds: Double) {
        waits.append(seconds)
        if steps.isEmpty {
            terminal.waiting = [.closed]
        } else {
            steps.removeFirst()(self)
        }
    }

    func advance(_ seconds: Double) {
        now = Timestamp(nanoseconds: now.nanoseconds + Int64((seconds * 1e9).rounded(.up)))
    }

    func drain() -> [FeedUpdate] {
        defer { updates = [] }
        return updates
    }

    func perform(_ effect: Effect) -> Notice? {
        performed.append(effect)
        return answer
    }
}
