import Testing

@testable import Pattern

@Suite("Fuzzy patterns")
struct PatternFuzzyTests {
    private func order(_ query: String, _ texts: [String]) throws -> [String] {
        let pattern = try Pattern(query, syntax: .fuzzy)
        return texts.compactMap { text in pattern.fuzzyScore(text).map { (text, $0) } }.sorted { $0.1 > $1.1 }.map(\.0)
    }

    @Test("all letters must be there, in their order")
    func inOrder() throws {
        #expect(try Pattern("pyd", syntax: .fuzzy).matches("payments-deployment"))
        #expect(try !Pattern("dyp", syntax: .fuzzy).matches("payd"))
        #expect(try Pattern("pyd", syntax: .fuzzy).fuzzyScore("pay") == nil)
    }

    @Test("letters together and at the start of words rank first")
    func ranking() throws {
        #expect(
            try order("rr", ["mirror", "rollout-restart", "rarely", "error"])
                == ["rollout-restart", "rarely", "error", "mirror"])
        #expect(try order("pay", ["p-a-y", "xpay", "pay", "play"]) == ["pay", "p-a-y", "play", "xpay"])
    }

    @Test("each word of the query is looked for by itself")
    func words() throws {
        #expect(try Pattern("prod pay", syntax: .fuzzy).matches("payments@production"))
        #expect(try !Pattern("prod cart", syntax: .fuzzy).matches("payments@production"))
        #expect(try Pattern(" ", syntax: .fuzzy).matches("anything"))
    }

    @Test("the letters that answered are marked, neighbours together, in bytes")
    func marks() throws {
        #expect(try Pattern("rest", syntax: .fuzzy).ranges(in: "rollout restart") == [8..<12])
        #expect(try Pattern("öl", syntax: .fuzzy).ranges(in: "a ÖxL") == [2..<4, 5..<6])
        #expect(try Pattern("ac", syntax: .fuzzy).ranges(in: "abc") == [0..<1, 2..<3])
    }

    @Test("a capital makes case count")
    func smartCase() throws {
        #expect(try Pattern("gP", syntax: .fuzzy).matches("getPods"))
        #expect(try !Pattern("gP", syntax: .fuzzy).matches("getpods"))
    }

    @Test("marks lie where the letters are, behind bytes that are no UTF-8 as well")
    func invalidText() throws {
        let bytes: [UInt8] = [0xFF, 0xE2, 0x82] + Array("web".utf8)
        #expect(
            try bytes.withUnsafeBufferPointer { try Pattern("wb", syntax: .fuzzy).ranges(in: $0) } == [3..<4, 5..<6])
    }
}
