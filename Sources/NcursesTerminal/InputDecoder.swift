import Canvas

/// Turns the bytes a terminal sends into input events.
///
/// midwatch reads bytes itself instead of asking ncurses for keys: alt prefixes, bracketed paste, wheels and modified keys
/// then work alike on every terminal, a paste is one read, and all of it is a pure value that tests can feed.
/// Sequences that are no key are swallowed; replies to queries too, though midwatch sends none.
struct InputDecoder {
    private var pending: [UInt8] = []
    private var pasted: [UInt8]?
    private let table: KeyTable
    private let isUTF8: Bool

    /// A paste beyond this is cut: it goes into one line of input.
    static let pasteLimit = 4 << 20
    /// A control sequence longer than this is none.
    static let sequenceLimit = 4096

    init(table: KeyTable = KeyTable { _ in nil }, isUTF8: Bool = true) {
        self.table = table
        self.isUTF8 = isUTF8
    }

    /// True while the bytes so far could be the beginning of something longer; call `flush` when no more come soon.
    var isWaiting: Bool { !pending.isEmpty && !isPasting }
    /// True inside a paste, whose end may be long in coming over a slow line: what follows must not be read as keys.
    var isPasting: Bool { pasted != nil }

    mutating func feed(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
        pending += bytes
        return decode(isFinal: false)
    }

    /// Takes what waits for what it is: an escape alone, an alt prefix. A paste goes on.
    mutating func flush() -> [InputEvent] {
        guard !isPasting else { return [] }
        let events = decode(isFinal: true)
        if !isPasting { pending = [] }
        return events
    }

    /// Ends a paste that lost its end with what came of it.
    mutating func giveUpPaste() -> [InputEvent] {
        guard let rest = pasted else { return [] }
        let text = String(decoding: rest + pending, as: UTF8.self)
        pasted = nil
        pending = []
        return [.paste(text)]
    }

    private mutating func decode(isFinal: Bool) -> [InputEvent] {
        var events: [InputEvent] = []
        var position = 0
        while position < pending.count {
            if pasted != nil {
                guard let next = continuePaste(from: position, &events) else { break }
                position = next
                continue
            }
            guard let step = next(pending[position...], isFinal) else { break }
            position += step.length
            switch step.meaning {
            case .event(let event): events.append(event)
            case .pasteBegins: pasted = []
            case .nothing: break
            }
        }
        if position > 0, pasted == nil || position <= pending.count {
            pending.removeFirst(min(position, pending.count))
        }
        return events
    }

    /// Collects up to the closing bracket and returns the place behind it; nil when it has not come yet.
    private mutating func continuePaste(from start: Int, _ events: inout [InputEvent]) -> Int? {
        let end = Self.pasteEnd
        let found = startOfPasteEnd(from: start)
        // What could be the beginning of the bracket waits for the rest of it.
        let stop = found ?? max(start, pending.count - (end.count - 1))
        if let room = pasted.map({ Self.pasteLimit - $0.count }), room > 0 {
            pasted?.append(contentsOf: pending[start..<stop].prefix(room))
        }
        guard let found else {
            pending.removeSubrange(0..<stop)
            return nil
        }
        events.append(.paste(String(decoding: pasted ?? [], as: UTF8.self)))
        pasted = nil
        return found + end.count
    }

    private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)

    private func startOfPasteEnd(from start: Int) -> Int? {
        var place = start
        while let escape = pending[place...].firstIndex(of: 0x1B) {
            if pending[escape...].starts(with: Self.pasteEnd) { return escape }
            place = escape + 1
        }
        return nil
    }

    enum Meaning {
        case event(InputEvent)
        case pasteBegins, nothing
    }
    typealias Step = (meaning: Meaning, length: Int)

    static func key(_ key: Key, _ length: Int) -> Step { (.event(.key(key)), length) }

    /// The first event of the bytes; nil when more are needed and may come.
    private func next(_ bytes: ArraySlice<UInt8>, _ isFinal: Bool) -> Step? {
        let first = bytes[bytes.startIndex]
        switch first {
        case 0x1B: return escape(bytes, isFinal)
        case 0x0D, 0x0A: return Self.key(Key(.enter), 1)
        case 0x09: return Self.key(Key(.tab), 1)
        case 0x7F, 0x08: return Self.key(Key(.backspace), 1)
        case 0x00: return Self.key(.control(" "), 1)
        case 0x01...0x1A: return Self.key(.control(Character(Unicode.Scalar(first + 0x60))), 1)
        case 0x1C...0x1F: return Self.key(.control(Character(Unicode.Scalar(first + 0x40))), 1)
        case 0x20...0x7E: return Self.key(Key(Character(Unicode.Scalar(first))), 1)
        default: return character(bytes, isFinal)
        }
    }

    private func character(_ bytes: ArraySlice<UInt8>, _ isFinal: Bool) -> Step? {
        let first = bytes[bytes.startIndex]
        guard isUTF8 else { return Self.key(Key(Character(Unicode.Scalar(first))), 1) }
        let length: Int
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return (.nothing, 1)
        }
        let part = bytes.prefix(length)
        guard part.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return (.nothing, 1) }
        guard part.count == length else { return isFinal ? (.nothing, part.count) : nil }
        let text = String(decoding: part, as: UTF8.self)
        guard text.unicodeScalars.count == 1, let scalar = text.unicodeScalars.first, scalar.value >= 0xA0,
            scalar != "\u{FFFD}"
        else { return (.nothing, length) }
        return Self.key(Key(Character(scalar)), length)
    }

    private func escape(_ bytes: ArraySlice<UInt8>, _ isFinal: Bool) -> Step? {
        switch table.match(bytes) {
        case .key(let key, let length): return Self.key(key, length)
        case .maybe where !isFinal: return nil
        default: break
        }
        guard bytes.count > 1 else { return isFinal ? Self.key(Key(.escape), 1) : nil }
        let rest = bytes.dropFirst()
        switch rest[rest.startIndex] {
        case UInt8(ascii: "["):
            if let step = ControlSequence.read(bytes) { return step }
            return bytes.count > 2 ? unfinished(bytes, isFinal) : alt(rest, isFinal)
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { return alt(rest, isFinal) }
            return ControlSequence.applicationKey(bytes)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
            if let length = Self.lengthOfString(bytes) { return (.nothing, length) }
            return bytes.count > 2 ? unfinished(bytes, isFinal) : alt(rest, isFinal)
        default:
            return alt(rest, isFinal)
        }
    }

    /// A sequence without its end waits for it, but neither for ever nor without bound.
    private func unfinished(_ bytes: ArraySlice<UInt8>, _ isFinal: Bool) -> Step? {
        isFinal || bytes.count > Self.sequenceLimit ? (.nothing, bytes.count) : nil
    }

    /// What follows an escape, with alt held.
    private func alt(_ rest: ArraySlice<UInt8>, _ isFinal: Bool) -> Step? {
        if rest.count == 1, !isFinal, [0x1B, 0x5B, 0x4F, 0x5D, 0x50, 0x5F, 0x5E, 0x58].contains(rest[rest.startIndex]) {
            return nil
        }
        // Two escapes are one and then whatever follows, unless that is a key's sequence with alt before it.
        if rest.first == 0x1B, rest.count == 1 { return Self.key(Key(.escape), 1) }
        guard let step = next(rest, isFinal) else { return nil }
        guard case .event(.key(var key)) = step.meaning else { return (step.meaning, step.length + 1) }
        if key.code == .escape { return Self.key(Key(.escape), 1) }
        key.modifiers.insert(.alt)
        return Self.key(key, step.length + 1)
    }

    /// Length of an operating system command or its like, which ends with BEL or ST.
    private static func lengthOfString(_ bytes: ArraySlice<UInt8>) -> Int? {
        var previous: UInt8 = 0
        for index in bytes.indices.dropFirst(2) {
            let byte = bytes[index]
            if byte == 0x07 || (byte == 0x5C && previous == 0x1B) { return index - bytes.startIndex + 1 }
            previous = byte
        }
        return nil
    }
}
