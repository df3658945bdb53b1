import Canvas
import Pattern

/// A text that is read: scrolls both ways, searches, keeps its place when the text is written anew.
public struct TextView: Sendable {
    public private(set) var lines: [StyledLine] = []
    public private(set) var top = 0
    public private(set) var offset = 0
    private var search: Pattern?
    /// What is searched for; nil when nothing is.
    public var searchText: String? { search?.source }
    /// The line of the match that `n` and `N` move on from.
    public private(set) var match: Int?
    private var height = 20

    public init() {}

    /// Puts another text in; the scroll stays where it can.
    public mutating func setLines(_ lines: [StyledLine]) {
        self.lines = lines
        clamp()
    }

    public mutating func resize(height: Int) {
        self.height = max(1, height)
        clamp()
    }

    public mutating func move(_ move: TableView.Move) {
        switch move {
        case .up: top -= 1
        case .down: top += 1
        case .pageUp: top -= height
        case .pageDown: top += height
        case .halfUp: top -= height / 2
        case .halfDown: top += height / 2
        case .first: top = 0
        case .last: top = lines.count - height
        }
        clamp()
    }

    public mutating func scroll(_ count: Int) {
        top += count
        clamp()
    }

    public mutating func shift(_ columns: Int) { offset = max(0, offset + columns) }

    public enum SearchOutcome: Equatable, Sendable {
        case lines(Int)
        case invalid(String)
    }

    /// Looks for a text or a /regex/ from the first line in view on; "" ends the search. Says how many lines match.
    public mutating func find(_ words: String) -> SearchOutcome {
        search = nil
        match = nil
        guard !words.isEmpty else { return .lines(0) }
        do {
            let pattern = try Self.pattern(words)
            search = pattern
            let hits = lines.indices.filter { pattern.matches(lines[$0].text) }
            if let next = hits.first(where: { $0 >= top }) ?? hits.first { show(next) }
            return .lines(hits.count)
        } catch {
            return .invalid(error.message)
        }
    }

    private static func pattern(_ words: String) throws(PatternError) -> Pattern {
        guard words.count > 1, words.hasPrefix("/") else { return try Pattern(words, syntax: .text) }
        let body = words.dropFirst()
        return try Pattern(String(body.hasSuffix("/") ? body.dropLast() : body), syntax: .regex)
    }

    /// Goes to the next line that matches (or the one before), round the end; false when none does.
    public mutating func findNext(backwards: Bool) -> Bool {
        guard let search else { return false }
        let hits = lines.indices.filter { search.matches(lines[$0].text) }
        guard let first = hits.first, let last = hits.last else { return false }
        let here = match ?? top
        show(backwards ? hits.last { $0 < here } ?? last : hits.first { $0 > here } ?? first)
        return true
    }

    private mutating func show(_ line: Int) {
        match = line
        if line < top || line >= top + height { top = line - height / 3 }
        clamp()
    }

    private mutating func clamp() { top = min(max(0, top), max(0, lines.count - height)) }

    public func draw(into region: Region) {
        for line in 0..<region.height where top + line < lines.count {
            let index = top + line
            lines[index].draw(into: region, y: line, offset: offset)
            if let search { highlight(search, index, line, region) }
        }
    }

    private func highlight(_ search: Pattern, _ index: Int, _ y: Int, _ region: Region) {
        let text = lines[index].text
        var bytes = text
        bytes.withUTF8 { bytes in
            for range in search.ranges(in: bytes) {
                let before = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
                let inside = String(decoding: bytes[range], as: UTF8.self)
                let area = Rect(
                    x: DisplayText.width(before) - offset, y: y, width: DisplayText.width(inside), height: 1)
                region.restyle(area, ground: index == match ? .currentMatch : .match)
            }
        }
    }
}
