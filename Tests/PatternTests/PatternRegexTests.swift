import Testing

@testable import Pattern

@Suite("Regular expressions")
struct PatternRegexTests {
    @Test("alternatives, classes, anchors and look-behind work")
    func usual() throws {
        #expect(try Pattern(#" (4\d\d|5\d\d) "#, syntax: .regex).matches("GET /cart 503 12ms"))
        #expect(try Pattern("^get", syntax: .regex).matches("GET /cart"))
        #expect(try !Pattern("^cart", syntax: .regex).matches("GET /cart"))
        #expect(
            try Pattern(#"(?<=status=)\d+"#, syntax: .regex).ranges(in: "status=500 status=2") == [7..<10, 18..<19])
    }

    @Test("a dot is a character, so that a mark never cuts one in two")
    func wholeCharacters() throws {
        #expect(try Pattern("c.f.", syntax: .regex).ranges(in: "«café»") == [2..<7])
        #expect(try Pattern("[^a]", syntax: .regex).ranges(in: "aé😀") == [1..<3, 3..<7])
    }

    @Test("the capitals of escapes are none for smart case")
    func smartCase() throws {
        #expect(try Pattern(#"\Serror\p{Lu}?\x{4A}?"#, syntax: .regex).matches("XERROR"))
        #expect(try !Pattern(#"\sError"#, syntax: .regex).matches(" ERROR"))
        #expect(try !Pattern(#"\\Serror"#, syntax: .regex).matches(#"\SERROR"#))
    }

    @Test("matches that are empty are not marked, and the search goes on behind them")
    func emptyMatches() throws {
        #expect(try Pattern("b*", syntax: .regex).ranges(in: "éabba") == [3..<5])
        #expect(try Pattern(#"\b"#, syntax: .regex).ranges(in: "two words") == [])
    }

    @Test("bytes that are no UTF-8 split the text and match nothing themselves")
    func invalidText() throws {
        let bytes: [UInt8] = Array("ab".utf8) + [0xFF, 0xC3] + Array("cd".utf8)
        #expect(try Pattern("c.", syntax: .regex).matches(bytes))
        #expect(try !Pattern("b.+c", syntax: .regex).matches(bytes))
        #expect(
            try bytes.withUnsafeBufferPointer { try Pattern(".", syntax: .regex).ranges(in: $0) } == [
                0..<1, 1..<2, 4..<5, 5..<6,
            ])
    }

    @Test("a pattern that is wrong says where and why")
    func wrong() {
        #expect(throws: PatternError(message: "the pattern is wrong at byte 3: missing closing parenthesis", offset: 3))
        {
            try Pattern("(ab", syntax: .regex)
        }
        #expect(
            throws: PatternError(
                message: "the pattern is wrong at byte 0: quantifier does not follow a repeatable item", offset: 0)
        ) {
            try Pattern("*", syntax: .regex)
        }
        #expect(
            throws: PatternError(
                message: "the pattern is wrong at byte 4: missing terminating ] for character class", offset: 4)
        ) {
            try Pattern("[a-z", syntax: .regex)
        }
        #expect(
            throws: PatternError(
                message: #"the pattern is wrong at byte 2: using \C is disabled by the application"#, offset: 2)
        ) {
            try Pattern(#"\C"#, syntax: .regex)
        }
    }

    @Test("a match that would take for ever is given up and counted")
    func givenUp() throws {
        let pattern = try Pattern("(a+)+$", syntax: .regex)
        #expect(!pattern.matches(String(repeating: "a", count: 60) + "b"))
        #expect(pattern.givenUp == 1)
        #expect(pattern.matches("aaa"))
        #expect(pattern.givenUp == 1)
    }

    @Test("deep recursion is given up, not a crash")
    func recursion() throws {
        let pattern = try Pattern(#"(\((?:[^()]|(?1))*\))+$"#, syntax: .regex)
        #expect(!pattern.matches(String(repeating: "(", count: 200_000)))
        #expect(pattern.matches("(a(b)c)"))
    }

    @Test("many threads can use one pattern at the same time")
    func threads() async throws {
        let pattern = try Pattern(#"id=(\d+)7\b"#, syntax: .regex)
        let counts = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<2_000).count { pattern.matches("request id=\($0) done") } }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == Array(repeating: 199, count: 8))
    }
}
