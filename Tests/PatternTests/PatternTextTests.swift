import Testing

@testable import Pattern

@Suite("Plain text")
struct PatternTextTests {
    @Test("small letters match either case, a capital makes case count")
    func smartCase() throws {
        #expect(try Pattern("error", syntax: .text).matches("An ERROR here"))
        #expect(try !Pattern("Error", syntax: .text).matches("An ERROR here"))
        #expect(try Pattern("Error", syntax: .text, caseSensitive: false).matches("An ERROR here"))
        #expect(try !Pattern("error", syntax: .text, caseSensitive: true).matches("An ERROR here"))
    }

    @Test("letters beyond ASCII compare without case too")
    func unicodeCase() throws {
        #expect(try Pattern("größe", syntax: .text).matches("DIE GRÖßE"))
        #expect(try Pattern("жук", syntax: .text).matches("ЖУК"))
        #expect(try !Pattern("Жук", syntax: .text).matches("жук"))
    }

    @Test("nothing in a text is special")
    func literal() throws {
        #expect(try Pattern(#"a.b*(c)\E[d"#, syntax: .text).matches(#"x a.b*(c)\E[d x"#))
        #expect(try !Pattern("a.b", syntax: .text).matches("axb"))
    }

    @Test("bytes that are no UTF-8 are searched all the same")
    func invalidText() throws {
        let bytes: [UInt8] = [0xFF, 0x80, 0x41, 0xC3, 0xA9, 0xC3, 0x62, 0x00, 0x63]
        #expect(try Pattern("é", syntax: .text, caseSensitive: true).matches(bytes))
        #expect(try Pattern("É", syntax: .text, caseSensitive: false).matches(bytes))
        #expect(try Pattern("b\0c", syntax: .text).matches(bytes))
        #expect(try bytes.withUnsafeBufferPointer { try Pattern("é", syntax: .text).ranges(in: $0) } == [3..<5])
    }

    @Test("every place is found, from left to right, as many as wanted")
    func ranges() throws {
        let pattern = try Pattern("aa", syntax: .text)
        #expect(pattern.ranges(in: "aaaa Aa") == [0..<2, 2..<4, 5..<7])
        #expect(pattern.ranges(in: "aaaa Aa", limit: 2) == [0..<2, 2..<4])
        #expect(pattern.ranges(in: "b") == [])
    }

    @Test("the search can start further on")
    func from() throws {
        let pattern = try Pattern("x", syntax: .text)
        let text = Array("x.x".utf8)
        #expect(text.withUnsafeBufferPointer { pattern.firstRange(in: $0, from: 1) } == 2..<3)
        #expect(text.withUnsafeBufferPointer { pattern.firstRange(in: $0, from: 3) } == nil)
        #expect(text.withUnsafeBufferPointer { pattern.firstRange(in: $0, from: 4) } == nil)
    }

    @Test("an empty pattern matches everything and marks nothing")
    func empty() throws {
        #expect(try Pattern("", syntax: .text).matches(""))
        #expect(try Pattern("", syntax: .regex).ranges(in: "abc") == [])
        #expect(try Pattern("", syntax: .fuzzy).fuzzyScore("abc") == 0)
    }

    @Test("an empty text has no match but does no harm")
    func emptyText() throws {
        #expect(try !Pattern("a", syntax: .text).matches([UInt8]()))
        #expect(try !Pattern("a", syntax: .text).matches(UnsafeBufferPointer(start: nil, count: 0)))
        #expect(try Pattern("^$", syntax: .regex).matches(UnsafeBufferPointer(start: nil, count: 0)))
    }

    @Test("patterns are equal when they were made alike")
    func equality() throws {
        #expect(try Pattern("a", syntax: .text) == Pattern("a", syntax: .text, caseSensitive: false))
        #expect(try Pattern("a", syntax: .text) != Pattern("a", syntax: .regex))
        #expect(try Pattern("a", syntax: .text) != Pattern("a", syntax: .text, caseSensitive: true))
    }
}
