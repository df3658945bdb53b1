/// The line at a shell's prompt while it is typed: moving, deleting, history, completion. A pure value: bytes in, bytes for the
/// screen out.
struct LineEditor: Sendable {
    enum Outcome: Sendable, Equatable {
        case typing
        case line(String)
        case end
    }

    /// What can follow the word that is being typed: it is the first of its line or not.
    typealias Completion = @Sendable (_ word: String, _ isFirst: Bool) -> [String]

    private var text: [Unicode.Scalar] = []
    private var cursor = 0
    private let history: [String]
    private var place: Int
    private var draft: [Unicode.Scalar] = []
    private var sequence: [UInt8] = []
    private var partial: [UInt8] = []
    private let prompt: String
    private let completion: Completion

    init(prompt: String, history: [String], completion: @escaping Completion) {
        self.prompt = prompt
        self.history = history
        self.completion = completion
        place = history.count
    }

    /// Takes bytes until the line is done: what to show (newlines are plain ones), what became of it, and how many were used.
    mutating func feed(_ bytes: some Collection<UInt8>) -> (screen: String, outcome: Outcome, used: Int) {
        var screen = ""
        for (index, byte) in bytes.enumerated() {
            let (shown, outcome) = take(byte)
            screen += shown
            if outcome != .typing { return (screen, outcome, index + 1) }
        }
        return (screen, .typing, bytes.count)
    }

    private mutating func take(_ byte: UInt8) -> (String, Outcome) {
        if !sequence.isEmpty { return (escape(byte), .typing) }
        switch byte {
        case 0x0d, 0x0a: return ("\n", .line(String(String.UnicodeScalarView(text)) + "\n"))
        case 0x04 where text.isEmpty: return ("", .end)
        case 0x04: return (remove(cursor..<min(cursor + 1, text.count)), .typing)
        case 0x1b:
            sequence = [byte]
            return ("", .typing)
        case 0x7f, 0x08: return (remove(max(0, cursor - 1)..<cursor), .typing)
        case 0x01: return (move(to: 0), .typing)
        case 0x05: return (move(to: text.count), .typing)
        case 0x02: return (move(to: cursor - 1), .typing)
        case 0x06: return (move(to: cursor + 1), .typing)
        case 0x0b: return (remove(cursor..<text.count), .typing)
        case 0x15: return (remove(0..<cursor), .typing)
        case 0x17: return (remove(wordStart..<cursor), .typing)
        case 0x0c: return ("\u{1b}[H\u{1b}[2J" + prompt + redraw(from: 0), .typing)
        case 0x10: return (recall(place - 1), .typing)
        case 0x0e: return (recall(place + 1), .typing)
        case 0x09: return (complete(), .typing)
        case ..<0x20: return ("\u{7}", .typing)
        default: return (insert(byte), .typing)
        }
    }

    /// The end of the word before the cursor, blanks passed over.
    private var wordStart: Int {
        var start = cursor
        while start > 0, text[start - 1] == " " { start -= 1 }
        while start > 0, text[start - 1] != " " { start -= 1 }
        return start
    }

    private mutating func insert(_ byte: UInt8) -> String {
        partial.append(byte)
        let decoded = String(decoding: partial, as: UTF8.self).unicodeScalars
        // A replacement stands for a scalar of which bytes are missing yet, or for one that never comes.
        if decoded.contains("\u{fffd}"), partial.count < 4, byte >= 0x80 { return "" }
        partial = []
        return insert(Array(decoded))
    }

    private mutating func insert(_ scalars: [Unicode.Scalar]) -> String {
        guard text.count + scalars.count <= 1 << 16 else { return "\u{7}" }
        text.insert(contentsOf: scalars, at: cursor)
        cursor += scalars.count
        return redraw(from: cursor - scalars.count)
    }

    private mutating func move(to target: Int) -> String {
        let target = max(0, min(text.count, target))
        defer { cursor = target }
        guard target < cursor else { return Self.string(text[cursor..<target]) }
        return Self.back(text[target..<cursor])
    }

    private mutating func remove(_ range: Range<Int>) -> String {
        guard !range.isEmpty else { return "" }
        let gone = text[range]
        let back = Self.back(text[range.lowerBound..<cursor])
        text.removeSubrange(range)
        cursor = range.lowerBound
        guard cursor < text.count else {
            let width = Self.width(gone)
            return back + String(repeating: " ", count: width) + String(repeating: "\u{8}", count: width)
        }
        return back + redraw(from: cursor)
    }

    /// Shows the text from a place on and goes back to the cursor.
    private func redraw(from start: Int) -> String {
        let tail = Self.string(text[start...])
        return tail + (cursor < text.count ? "\u{1b}[K" + Self.back(text[cursor...]) : "")
    }

    private mutating func replace(with new: [Unicode.Scalar]) -> String {
        let back = Self.back(text[..<cursor])
        text = new
        cursor = new.count
        return back + "\u{1b}[K" + Self.string(new[...])
    }

    private mutating func recall(_ wanted: Int) -> String {
        guard (0...history.count).contains(wanted) else { return "\u{7}" }
        if place == history.count { draft = text }
        place = wanted
        return replace(with: wanted == history.count ? draft : Array(history[wanted].unicodeScalars))
    }

    private mutating func complete() -> String {
        var start = cursor
        while start > 0, text[start - 1] != " " { start -= 1 }
        let word = Self.string(text[start..<cursor])
        let found = completion(word, !text[..<start].contains { $0 != " " })
        guard var common = found.first else { return "\u{7}" }
        for other in found { while !other.hasPrefix(common) { common.removeLast() } }
        if found.count == 1, !common.hasSuffix("/") { common += " " }
        guard common.count > word.count else { return "\u{7}" }
        return insert(Array(common.dropFirst(word.count).unicodeScalars))
    }

    private mutating func escape(_ byte: UInt8) -> String {
        sequence.append(byte)
        if sequence.count == 2, byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O") { return "" }
        // Parameters go on, a letter or a tilde ends; anything long is nonsense.
        if sequence.count > 2, (0x30...0x3f).contains(byte), sequence.count < 16 { return "" }
        defer { sequence = [] }
        switch String(decoding: sequence.dropFirst(2), as: UTF8.self) {
        case "A": return recall(place - 1)
        case "B": return recall(place + 1)
        case "C": return move(to: cursor + 1)
        case "D": return move(to: cursor - 1)
        case "H", "1~": return move(to: 0)
        case "F", "4~": return move(to: text.count)
        case "3~": return remove(cursor..<min(cursor + 1, text.count))
        default: return ""
        }
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    private static func back(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(repeating: "\u{8}", count: width(scalars))
    }

    private static func width(_ scalars: ArraySlice<Unicode.Scalar>) -> Int {
        scalars.reduce(0) { $0 + TypedLine.width($1) }
    }
}
