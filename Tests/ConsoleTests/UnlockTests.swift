import Canvas
import Model
import PaneKit
import Testing

@testable import Console

@Suite("Read-only, and lifting it")
struct UnlockTests {
    private func driver(_ state: GuardState?, environments: [EnvironmentID] = ["sandbox"]) -> ConsoleDriver {
        var driver = ConsoleDriver(scope: Scope(environments: environments))
        if let state { driver.apply(FeedUpdate(.guarded("sandbox"), change: .guarded(state))) }
        _ = driver.takeEffects()
        return driver
    }

    private static let locked = GuardState(readOnly: "read-only by config.yaml")

    @Test("the header says read-only")
    func header() { #expect(driver(Self.locked).rows[1].hasPrefix(" sandbox read-only ")) }

    @Test("the header counts how long it stays unlocked, in whole minutes from ten on")
    func unlocked() {
        let until = Timestamp(seconds: World.twoEnvironments.now.seconds + 840)
        #expect(driver(GuardState(liftedUntil: until)).rows[1].hasPrefix(" sandbox unlocked 14m "))
    }

    @Test("unlocking wants the name typed, and says for how long")
    func unlock() {
        var driver = driver(Self.locked)
        driver.press(":unlock<enter>")
        #expect(driver.message == " type sandbox to allow changes for 15 min:")
        driver.press("sandbox<enter>")
        #expect(driver.takeEffects() == [.lift("sandbox", seconds: 900, typed: "sandbox")])
    }

    @Test("another time and another environment can be named")
    func unlockOther() {
        var world = World.twoEnvironments
        world.environments[1].isReadOnly = true
        var driver = ConsoleDriver(world: world, press: ":unlock production 90s<enter>production<enter>")
        #expect(driver.takeEffects().last == .lift("production", seconds: 90, typed: "production"))
    }

    @Test("a time that is none, or too long, is refused", arguments: ["0s", "9h", "1e300h"])
    func badTime(_ time: String) {
        var driver = driver(Self.locked)
        driver.press(":unlock \(time)<enter>")
        #expect(driver.message == " ! unlock for how long? 30s, 15m, 1h; 8h at most")
    }

    @Test("another word lifts nothing")
    func wrong() {
        var driver = driver(Self.locked)
        driver.press(":unlock<enter>yes<enter>")
        #expect(driver.takeEffects() == [])
        #expect(driver.message == " ! that is not sandbox: nothing was lifted")
    }

    @Test("what is not read-only needs no lifting")
    func needless() {
        var driver = driver(nil)
        driver.press(":unlock<enter>")
        #expect(driver.message == " sandbox is not read-only")
    }

    @Test("of several environments in view one must be named")
    func several() {
        var driver = driver(Self.locked, environments: ["sandbox", "production"])
        driver.press(":unlock<enter>")
        #expect(driver.message == " ! several environments are in view: name one of sandbox, production")
    }

    @Test("lock puts it back")
    func lock() {
        var driver = driver(GuardState(liftedUntil: Timestamp(seconds: World.twoEnvironments.now.seconds + 840)))
        driver.press(":lock<enter>")
        #expect(driver.takeEffects() == [.lift("sandbox", seconds: 0, typed: "")])
    }

    @Test("a lifting that has run out is over, whether the guard has said so or not")
    func over() {
        var world = World.twoEnvironments
        world.environments[0].isReadOnly = true
        var driver = ConsoleDriver(world: world)
        driver.apply(
            FeedUpdate(
                .guarded("sandbox"),
                change: .guarded(GuardState(liftedUntil: Timestamp(seconds: world.now.seconds + 60)))))
        driver.pass(seconds: 61)
        #expect(driver.rows[1].hasPrefix(" sandbox read-only "))
    }
}
