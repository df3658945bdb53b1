extension LogVoice {
    /// One request in the combined format; nginx's error line goes before it when the upstream failed.
    func access(status wanted: Int?, _ dice: inout LogDice, into sink: inout LogSink) {
        let chance = dice.below(200)
        let status =
            wanted
            ?? (chance < 170
                ? 200 : chance < 180 ? 304 : chance < 186 ? 201 : chance < 196 ? 404 : chance < 199 ? 499 : 500)
        let number = dice.roll()
        let path = dice.pick(LogPhrases.paths)
        if status >= 502 {
            sink.line(.stderr) { out in
                out.date(time, separator: "/")
                out.text(" ")
                out.clock(time)
                out.text(
                    status == 502
                        ? " [error] 31#31: *8812 connect() failed (111: Connection refused) while connecting to upstream"
                        : " [error] 31#31: *8812 upstream timed out (110: Operation timed out) while reading response header from upstream"
                )
            }
        }
        sink.line { out in
            out.text("10.")
            out.int(Int(number >> 8 & 255))
            out.text(".")
            out.int(Int(number >> 16 & 255))
            out.text(".")
            out.int(Int(number >> 24 & 255))
            out.text(" - - [")
            out.int(time.day, width: 2)
            out.text("/")
            out.text(time.monthName)
            out.text("/")
            out.int(time.year)
            out.text(":")
            out.clock(time)
            out.text(number & 7 < 5 ? " +0000] \"GET " : " +0000] \"POST ")
            out.text(path)
            out.text(" HTTP/1.1\" ")
            out.int(status)
            out.text(" ")
            out.int(Int(number >> 32 & 0xFFFF))
            out.text(" \"-\" \"lantern-app/7.")
            out.int(Int(number >> 50 & 15))
            out.text(" (phone)\" ")
            out.int(status == 504 ? 30 : 0)
            out.text(".")
            out.int(Int(number >> 40 & 255), width: 3)
        }
    }

    func worldly(_ level: LogLevel, _ dice: inout LogDice, into sink: inout LogSink) {
        let name = dice.pick(LogPhrases.worldNames)
        let phrase = dice.pick(LogPhrases.worldPhrases)
        say(level, "\(phrase) \(name)", &dice, into: &sink)
    }

    func batch(_ dice: inout LogDice, into sink: inout LogSink) {
        let number = dice.below(100_000)
        say(
            .info, "processed \(number) records, \(dice.below(900)) per second, \(dice.below(40)) skipped", &dice,
            into: &sink)
    }

    /// What a console must survive: bytes that are no text, and text that would take the terminal over.
    func rude(_ dice: inout LogDice, into sink: inout LogSink) {
        let kind = dice.below(24)
        guard kind < LogPhrases.rude.count else {
            return say(.info, LogPhrases.phrase(.info, &dice), &dice, into: &sink)
        }
        sink.line { out in
            out.text("gateway reply: ")
            out.raw(LogPhrases.rude[kind])
        }
    }
}
