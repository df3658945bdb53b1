import Testing

@testable import Pattern

@Suite("Patterns under random bytes")
struct PatternFuzzTests {
    private static let alphabet: [UInt8] =
        Array("aAbé .*+?[]()^$|\\{}1,-:=!<>PdswK".utf8) + [0xFF, 0xC3, 0x80, 0x00, 0x0A]

    private func noise(_ count: Int, _ random: inout Seeded) -> [UInt8] {
        (0..<count).map { _ in Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &random)] }
    }

    @Test(
        "any source is a pattern or an error with a place, and its marks lie in order inside the text",
        arguments: 0..<20)
    func any(seed: UInt64) {
        var random = Seeded(state: seed)
        for round in 0..<200 {
            let source = String(decoding: noise(Int.random(in: 0..<12, using: &random), &random), as: UTF8.self)
            let text = noise(Int.random(in: 0..<80, using: &random), &random)
            let syntax: Pattern.Syntax = [.text, .regex, .fuzzy][round % 3]
            do throws(PatternError) {
                let pattern = try Pattern(source, syntax: syntax)
                let ranges = text.withUnsafeBufferPointer { pattern.ranges(in: $0) }
                let bounds = ranges.flatMap { [$0.lowerBound, $0.upperBound] }
                #expect(bounds == bounds.sorted() && bounds.allSatisfy { $0 >= 0 && $0 <= text.count })
                #expect(ranges.isEmpty || pattern.matches(text))
            } catch {
                #expect(error.offset.map { $0 >= 0 && $0 <= source.utf8.count } == true)
            }
        }
    }

    @Test("plain text is found exactly where a naive search finds it", arguments: 0..<10)
    func likeNaive(seed: UInt64) throws {
        var random = Seeded(state: seed)
        for _ in 0..<200 {
            let text = (0..<60).map { _ in UInt8.random(in: 97...99, using: &random) }
            let needle = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                UInt8.random(in: 97...99, using: &random)
            }
            let naive = text.indices.first { text[$0...].starts(with: needle) }
            let pattern = try Pattern(String(decoding: needle, as: UTF8.self), syntax: .text)
            #expect(text.withUnsafeBufferPointer { pattern.firstRange(in: $0)?.lowerBound } == naive)
        }
    }
}
