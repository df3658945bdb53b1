/// Whether one HTTP/2 connection that carries streams still lives, judged by how long its peer has been quiet.
struct CurlPulse {
    enum Verdict: Equatable {
        case alive(lookAgain: UInt64)
        /// Quiet for too long: ask whether someone is there, and look again then.
        case ask(lookAgain: UInt64)
        case dead
    }

    /// In nanoseconds; together below the 15 seconds within which a dead peer must be noticed.
    struct Limits {
        var quiet: UInt64 = 8_000_000_000
        var answer: UInt64 = 5_000_000_000
    }

    private var asked: UInt64?

    /// - Parameter wasAskedHere: whether the question went out on this very connection, so that silence means something.
    mutating func look(quiet: UInt64, now: UInt64, wasAskedHere: Bool, limits: Limits) -> Verdict {
        if let asked, quiet < now - asked { self.asked = nil }
        guard quiet >= limits.quiet else {
            asked = nil
            return .alive(lookAgain: now + limits.quiet - quiet)
        }
        guard let asked else {
            self.asked = now
            return .ask(lookAgain: now + limits.answer)
        }
        guard now >= asked + limits.answer else { return .alive(lookAgain: asked + limits.answer) }
        if wasAskedHere { return .dead }
        self.asked = nil
        return .alive(lookAgain: now + limits.quiet)
    }
}
