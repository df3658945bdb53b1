extension LogVoice {
    /// One message in the profile's manner; errors of some profiles bring their stack trace along.
    func say(_ level: LogLevel, _ message: String, _ dice: inout LogDice, into sink: inout LogSink) {
        let number = dice.roll()
        switch container.profile {
        case .json: sink.line(.stdout) { json(level, message, number, &$0) }
        case .logfmt: sink.line(level == .error ? .stderr : .stdout) { logfmt(level, message, number, &$0) }
        case .java: sink.line(.stdout) { java(level, message, number, &$0) }
        case .colour, .worldly: sink.line(.stdout) { colour(level, message, &$0) }
        case .postgres: sink.line(.stderr) { postgres(level, message, number, &$0) }
        case .klog: sink.line(.stderr) { klog(level, message, number, &$0) }
        case .python: sink.line(.stderr) { python(level, message, &$0) }
        case .access, .rude, .quiet, .batch:
            sink.line(level == .error ? .stderr : .stdout) { plain(level, message, &$0) }
        }
        guard level == .error, container.profile == .java || container.profile == .python, number % 3 > 0 else {
            return
        }
        trace(&dice, into: &sink)
    }

    private func json(_ level: LogLevel, _ message: String, _ number: UInt64, _ out: inout LineWriter) {
        out.text("{\"ts\":\"")
        out.iso(time)
        out.text("\",\"level\":\"")
        out.text(level.lower)
        out.text("\",\"logger\":\"")
        out.text(container.name)
        out.text("\",\"msg\":\"")
        out.text(message.contains("\"") ? message.replacing("\"", with: "\\\"") : message)
        out.text("\",\"trace_id\":\"")
        out.hex(number, digits: 16)
        out.text("\",\"duration_ms\":")
        out.int(Int(number % 900) + 1)
        out.text("}")
    }

    private func logfmt(_ level: LogLevel, _ message: String, _ number: UInt64, _ out: inout LineWriter) {
        out.text("ts=")
        out.iso(time)
        out.text(" level=")
        out.text(level.lower)
        out.text(" caller=")
        out.text(container.name)
        out.text(".go:")
        out.int(Int(number % 400) + 20)
        out.text(" msg=\"")
        out.text(message.contains("\"") ? message.replacing("\"", with: "\\\"") : message)
        out.text("\" trace=")
        out.hex(number, digits: 16)
    }

    private func java(_ level: LogLevel, _ message: String, _ number: UInt64, _ out: inout LineWriter) {
        out.date(time)
        out.text(" ")
        out.clock(time)
        out.text(".")
        out.int(time.nanosecond / 1_000_000, width: 3)
        out.text(level == .info || level == .warning ? "  " : " ")
        out.text(level.upper)
        out.text(" 1 --- [io-8080-exec-")
        out.int(Int(number % 20) + 1)
        out.text("] c.lanternpay.")
        out.text(container.namespace)
        out.text(".RequestHandler : ")
        out.text(message)
    }

    private func colour(_ level: LogLevel, _ message: String, _ out: inout LineWriter) {
        let colours: [StaticString] = ["\u{1B}[90m", "\u{1B}[32m", "\u{1B}[33m", "\u{1B}[1;31m"]
        out.text("\u{1B}[2m")
        out.clock(time)
        out.text("\u{1B}[0m ")
        out.text(colours[level.rawValue])
        out.text(level.upper)
        out.text("\u{1B}[0m ")
        out.text(message)
    }

    private func postgres(_ level: LogLevel, _ message: String, _ number: UInt64, _ out: inout LineWriter) {
        let words: [StaticString] = ["DEBUG", "LOG", "WARNING", "ERROR"]
        out.date(time)
        out.text(" ")
        out.clock(time)
        out.text(".")
        out.int(time.nanosecond / 1_000_000, width: 3)
        out.text(" UTC [")
        out.int(Int(number % 900) + 30)
        out.text("] ")
        out.text(words[level.rawValue])
        out.text(":  ")
        out.text(message)
    }

    private func klog(_ level: LogLevel, _ message: String, _ number: UInt64, _ out: inout LineWriter) {
        let letters: [StaticString] = ["I", "I", "W", "E"]
        out.text(letters[level.rawValue])
        out.int(time.month, width: 2)
        out.int(time.day, width: 2)
        out.text(" ")
        out.clock(time)
        out.text(".")
        out.int(time.nanosecond / 1000, width: 6)
        out.text("       1 reconciler.go:")
        out.int(Int(number % 400) + 20)
        out.text("] ")
        out.text(message)
    }

    private func python(_ level: LogLevel, _ message: String, _ out: inout LineWriter) {
        out.date(time)
        out.text(" ")
        out.clock(time)
        out.text(",")
        out.int(time.nanosecond / 1_000_000, width: 3)
        out.text(" ")
        out.text(level == .warning ? "WARNING" : level.upper)
        out.text(" ")
        out.text(container.name)
        out.text(".worker: ")
        out.text(message)
    }

    private func plain(_ level: LogLevel, _ message: String, _ out: inout LineWriter) {
        out.date(time, separator: "/")
        out.text(" ")
        out.clock(time)
        out.text(" [")
        out.text(level.lower)
        out.text("] ")
        out.text(message)
    }
}
