import Model

/// Finds how loud a line is from the usual places: klog's first letter, `"level":` in JSON, `level=`, `[error]`, a word
/// in capitals near the start.
enum LevelWords {
    /// The first bytes of a line in which a bare word counts; behind them it is most likely part of the message.
    private static let head = 160
    private static let jsonHead = 4096

    static func level(of text: UnsafeBufferPointer<UInt8>) -> LogLevel {
        var start = 0
        while start < min(text.count, head), text[start] == 0x20 || text[start] == 0x09 { start += 1 }
        guard start < text.count else { return .unknown }
        if let level = klogLevel(of: text, at: start) { return level }
        if text[start] == UInt8(ascii: "{") { return jsonLevel(of: text) }
        return wordLevel(of: text, from: start)
    }

    /// `E0102 15:04:05.678901`
    private static func klogLevel(of text: UnsafeBufferPointer<UInt8>, at start: Int) -> LogLevel? {
        guard text.count >= start + 6, text[start + 5] == 0x20,
            text[(start + 1)...(start + 4)].allSatisfy({ 0x30...0x39 ~= $0 })
        else { return nil }
        switch text[start] {
        case UInt8(ascii: "I"): return .info
        case UInt8(ascii: "W"): return .warning
        case UInt8(ascii: "E"): return .error
        case UInt8(ascii: "F"): return .fatal
        default: return nil
        }
    }

    /// The value of the first member whose key is one of those that loggers use.
    private static func jsonLevel(of text: UnsafeBufferPointer<UInt8>) -> LogLevel {
        let text = UnsafeBufferPointer(rebasing: text.prefix(jsonHead))
        var at = 0
        while let quote = text[at...].firstIndex(of: UInt8(ascii: "\"")) {
            let key = quote + 1
            guard let end = text[key...].firstIndex(of: UInt8(ascii: "\"")) else { return .unknown }
            at = end + 1
            guard isLevelKey(UnsafeBufferPointer(rebasing: text[key..<end])) else { continue }
            while at < text.count, text[at] == UInt8(ascii: ":") || text[at] == 0x20 { at += 1 }
            guard at < text.count, at > end + 1 else { continue }
            if 0x31...0x36 ~= text[at], at + 1 < text.count, text[at + 1] == 0x30 { return numbered(text[at]) }
            guard text[at] == UInt8(ascii: "\""), let packed = Packed(word: text, at: at + 1) else { continue }
            return table[packed.folded] ?? .unknown
        }
        return .unknown
    }

    private static func isLevelKey(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        guard 3...9 ~= key.count else { return false }
        return levelKeys.contains { key.elementsEqual($0.utf8) }
    }

    /// pino's and bunyan's numbers, 10 to 60.
    private static func numbered(_ tens: UInt8) -> LogLevel {
        [.trace, .debug, .info, .warning, .error, .fatal][Int(tens - 0x31)]
    }

    private static func wordLevel(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> LogLevel {
        var at = start
        let end = min(text.count, head)
        var before: UInt8 = 0x20
        while at < end {
            let byte = text[at]
            if byte == 0x1B {
                at = text.endOfEscape(at)
                continue
            }
            guard isLetter(byte) else {
                before = byte
                at += 1
                continue
            }
            let wordEnd = text.endOfLetters(from: at)
            let after = wordEnd < text.count ? text[wordEnd] : 0x20
            if let packed = Packed(word: text, at: at),
                counts(packed, before: before, after: after, isFirst: at == start),
                let level = table[packed.folded]
            {
                return level
            }
            before = text[wordEnd - 1]
            at = wordEnd
        }
        return .unknown
    }

    /// A word in capitals counts between the usual marks, one in small letters only in brackets, between tabs, behind
    /// `level=` and the like, or as the line's first word before a colon.
    private static func counts(_ word: Packed, before: UInt8, after: UInt8, isFirst: Bool) -> Bool {
        if before == UInt8(ascii: "=") || before == 0x09 && after == 0x09 { return true }
        if before == UInt8(ascii: "["), after == UInt8(ascii: "]") { return true }
        if before == UInt8(ascii: "<"), after == UInt8(ascii: ">") { return true }
        if isFirst, after == UInt8(ascii: ":") { return true }
        return word.isCapitals && marks.contains(before) && marks.contains(after)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte | 0x20 }

    private static let marks = Set(" \t[](){}<>|:,;=\"'-\u{1b}".utf8)
    private static let levelKeys = ["level", "lvl", "severity", "loglevel", "log.level", "levelname", "Level"]
    private static let table: [UInt64: LogLevel] = {
        let words: [(LogLevel, String)] = [
            (.trace, "trace trc finest verbose"), (.debug, "debug dbg fine"), (.info, "info inf information notice"),
            (.warning, "warn wrn warning"), (.error, "error err severe failure"),
            (.fatal, "fatal ftl panic critical crit emerg alert"),
        ]
        let pairs = words.flatMap { level, words in
            words.split(separator: " ").map { (Packed(bytes: Array($0.utf8)).folded, level) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }()
}

/// A short word in one machine word, to be looked up without a string; of longer ones the first eight letters.
private struct Packed {
    private(set) var folded: UInt64 = 0
    private(set) var isCapitals = true

    init(bytes: [UInt8]) {
        for byte in bytes.prefix(8) { add(byte) }
    }

    /// The letters at a place; nil when there are fewer than three or more than eleven.
    init?(word text: UnsafeBufferPointer<UInt8>, at start: Int) {
        let end = text.endOfLetters(from: start)
        guard 3...11 ~= end - start else { return nil }
        for byte in text[start..<min(end, start + 8)] { add(byte) }
    }

    private mutating func add(_ byte: UInt8) {
        folded = folded << 8 | UInt64(byte | 0x20)
        if byte >= 0x61 { isCapitals = false }
    }
}

extension UnsafeBufferPointer<UInt8> {
    fileprivate func endOfLetters(from start: Int) -> Int {
        var at = start
        while at < count, 0x61...0x7A ~= self[at] | 0x20 { at += 1 }
        return at
    }

    /// Where a colour sequence ends; one byte on when it is something else.
    fileprivate func endOfEscape(_ start: Int) -> Int {
        guard start + 1 < count, self[start + 1] == UInt8(ascii: "[") else { return start + 1 }
        var at = start + 2
        while at < count, 0x20...0x3F ~= self[at] { at += 1 }
        return Swift.min(at + 1, count)
    }
}
