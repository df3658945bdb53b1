import Canvas

/// One line of input with a cursor and the usual keys of readline. The text is kept as it came; drawing makes it safe.
struct LineEditor: Sendable, Equatable {
    private(set) var characters: [Character]
    private(set) var cursor: Int
    /// What ctrl-k, ctrl-u and ctrl-w cut last, for ctrl-y.
    private var cut: [Character] = []

    init(_ text: String = "") {
        characters = Array(text)
        cursor = characters.count
    }

    var text: String { String(characters) }
    var isAtEnd: Bool { cursor == characters.count }
    var beforeCursor: String { String(characters[..<cursor]) }

    mutating func insert(_ text: String) {
        // Joined anew, since a combining mark belongs to the character before it.
        let before = Array(String(characters[..<cursor]) + text)
        characters = before + characters[cursor...]
        cursor = before.count
    }

    mutating func replaceAll(with text: String) {
        characters = Array(text)
        cursor = characters.count
    }

    /// False when the key means nothing to a line of text.
    mutating func press(_ key: Key) -> Bool {
        switch key {
        case Key(.left), .control("b"): cursor = max(0, cursor - 1)
        case Key(.right), .control("f"): cursor = min(characters.count, cursor + 1)
        case Key(.home), .control("a"): cursor = 0
        case Key(.end), .control("e"): cursor = characters.count
        case Key(.backspace), .control("h"): remove(from: cursor - 1, to: cursor)
        case Key(.delete), .control("d"): remove(from: cursor, to: cursor + 1)
        case .control("u"): cutOut(from: 0, to: cursor)
        case .control("k"): cutOut(from: cursor, to: characters.count)
        case .control("w"), Key(.backspace, .alt): cutOut(from: startOfWord, to: cursor)
        case .control("y"): insert(String(cut))
        case Key(.left, .control), Key(.character("b"), .alt): cursor = startOfWord
        case Key(.right, .control), Key(.character("f"), .alt): cursor = endOfWord
        default:
            guard case .character(let character) = key.code, key.modifiers.isEmpty else { return false }
            insert(String(character))
        }
        return true
    }

    private mutating func remove(from: Int, to: Int) {
        guard from >= 0, to <= characters.count else { return }
        characters.removeSubrange(from..<to)
        cursor = from
    }

    private mutating func cutOut(from: Int, to: Int) {
        guard from < to else { return }
        cut = Array(characters[from..<to])
        remove(from: from, to: to)
    }

    private var startOfWord: Int {
        var place = cursor
        while place > 0, characters[place - 1] == " " { place -= 1 }
        while place > 0, characters[place - 1] != " " { place -= 1 }
        return place
    }

    private var endOfWord: Int {
        var place = cursor
        while place < characters.count, characters[place] == " " { place += 1 }
        while place < characters.count, characters[place] != " " { place += 1 }
        return place
    }
}
