import Testing

@testable import CurlHTTP

@Suite("The pulse of a connection")
struct CurlPulseTests {
    private let limits = CurlPulse.Limits(quiet: 8, answer: 5)

    @Test("is fine while the peer sends, and looked at when it could have been quiet for too long")
    func lively() {
        var pulse = CurlPulse()
        #expect(look(&pulse, quiet: 3, now: 100) == .alive(lookAgain: 105))
    }

    @Test("is asked for once after a quiet time, and the answer waited for")
    func asks() {
        var pulse = CurlPulse()
        #expect(look(&pulse, quiet: 8, now: 100) == .ask(lookAgain: 105))
        #expect(look(&pulse, quiet: 11, now: 103) == .alive(lookAgain: 105))
    }

    @Test("is gone when the question stays unanswered")
    func dead() {
        var pulse = CurlPulse()
        _ = look(&pulse, quiet: 8, now: 100)
        #expect(look(&pulse, quiet: 13, now: 105) == .dead)
    }

    @Test("is back with any byte, and then asked for anew")
    func answered() {
        var pulse = CurlPulse()
        _ = look(&pulse, quiet: 8, now: 100)
        #expect(look(&pulse, quiet: 4, now: 105) == .alive(lookAgain: 109))
        #expect(look(&pulse, quiet: 8, now: 109) == .ask(lookAgain: 114))
    }

    @Test("is back with an answer that came early in a long wait")
    func answeredEarly() {
        var pulse = CurlPulse()
        let limits = CurlPulse.Limits(quiet: 2, answer: 20)
        _ = pulse.look(quiet: 2, now: 100, wasAskedHere: true, limits: limits)
        #expect(pulse.look(quiet: 19, now: 120, wasAskedHere: true, limits: limits) == .ask(lookAgain: 140))
    }

    @Test("is not judged by a question that took another connection")
    func askedElsewhere() {
        var pulse = CurlPulse()
        _ = look(&pulse, quiet: 8, now: 100)
        let verdict = pulse.look(quiet: 13, now: 105, wasAskedHere: false, limits: limits)
        #expect(verdict == .alive(lookAgain: 113))
    }

    @Test("a dead peer is noticed within 15 seconds")
    func bound() {
        let limits = CurlPulse.Limits()
        #expect(limits.quiet + limits.answer < 15_000_000_000)
    }

    private func look(_ pulse: inout CurlPulse, quiet: UInt64, now: UInt64) -> CurlPulse.Verdict {
        pulse.look(quiet: quiet, now: now, wasAskedHere: true, limits: limits)
    }
}
