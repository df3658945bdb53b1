/// One container at one moment: puts what there is to say into its profile's manner.
struct LogVoice {
    let container: SimContainer
    let time: CalendarTime

    /// An ordinary line.
    func speak(_ dice: inout LogDice, into sink: inout LogSink) {
        let chance = dice.below(1000)
        let level: LogLevel = chance < 6 ? .error : chance < 40 ? .warning : chance < 120 ? .debug : .info
        switch container.profile {
        case .access: access(status: nil, &dice, into: &sink)
        case .rude: rude(&dice, into: &sink)
        case .worldly: worldly(level, &dice, into: &sink)
        case .batch: batch(&dice, into: &sink)
        case .postgres: say(level, dice.pick(LogPhrases.postgres), &dice, into: &sink)
        case .klog: say(level, dice.pick(LogPhrases.klog), &dice, into: &sink)
        default: say(level, LogPhrases.phrase(level, &dice), &dice, into: &sink)
        }
    }

    /// A line of an episode: something it needs is down, slow, full or broken.
    func complain(about kind: LogEpisode.Kind, _ dice: inout LogDice, into sink: inout LogSink) {
        let milliseconds = 4000 + dice.below(26000)
        switch kind {
        case .refused(let upstream):
            guard container.profile != .access else { return access(status: 502, &dice, into: &sink) }
            say(
                .error, "upstream call failed: dial tcp: lookup \(upstream): connect: connection refused", &dice,
                into: &sink)
        case .slow(let upstream):
            guard container.profile != .access else { return access(status: 504, &dice, into: &sink) }
            say(.warning, "slow call to \(upstream): \(milliseconds) ms, budget 1500 ms", &dice, into: &sink)
        case .diskFull:
            say(
                .error, "could not write to file \"/data/wal/000000010000002A\": No space left on device", &dice,
                into: &sink)
        case .badRelease(let version):
            say(
                .error, "unhandled: field \"currency_minor\" is required (since \(version)), got null", &dice,
                into: &sink)
        }
    }

    /// The first lines of a run.
    func greet(into sink: inout LogSink) {
        var dice = LogDice(container.logKey)
        let tag = container.image.split(separator: ":").last.map(String.init) ?? "latest"
        say(.info, "starting \(container.name) \(tag)", &dice, into: &sink)
        sink.pause(nanoseconds: 40_000_000)
        say(.info, "configuration read from /etc/\(container.name)/config.yaml", &dice, into: &sink)
        guard container.profile != .quiet, container.profile != .batch else { return }
        sink.pause(nanoseconds: 90_000_000)
        say(.info, "listening on 0.0.0.0:8080", &dice, into: &sink)
    }

    /// The last words of a run.
    func end(_ ending: SimContainer.Ending, _ dice: inout LogDice, into sink: inout LogSink) {
        switch ending {
        case .completed: say(.info, "done, nothing left to do", &dice, into: &sink)
        case .terminated: say(.info, "received SIGTERM, draining connections", &dice, into: &sink)
        // The kernel kills without a word.
        case .outOfMemory: break
        case .error(let code):
            say(
                .error, "fatal: cannot decode configuration: key \"payments.currencyMinor\" not found", &dice,
                into: &sink)
            trace(&dice, into: &sink)
            sink.line(.stderr) { $0.text("exiting with code \(code)") }
        }
    }

    /// A stack trace in the manner of what the program is written in.
    func trace(_ dice: inout LogDice, into sink: inout LogSink) {
        switch container.profile {
        case .java: javaTrace(&dice, into: &sink)
        case .python: pythonTrace(&dice, into: &sink)
        default: goTrace(&dice, into: &sink)
        }
    }
}
