import Testing

@testable import JSON

@Suite("JSON under random bytes")
struct JSONFuzzTests {
    private static let sample = Array(
        #"{"a":[1,2.5,-3e7,18446744073709551615,2.2e-142],"b":{"c":"t\u00e9xt \ud83d\ude00","d":null},"e":[true,false,[],{}]}"#
            .utf8)

    /// Walks everything that a value gives out, and says whether its text reads back as the same text.
    private func survives(_ bytes: [UInt8]) -> Bool {
        do throws(JSONError) {
            let text = try JSONValue.parse(bytes).serialized()
            let again = try JSONValue.parse(text)
            let pretty = try JSONValue.parse(again.serialized(pretty: true))
            return again.serialized() == text && pretty.serialized() == text
        } catch {
            // Refused, with a place inside of the bytes and a message of its own.
            return error.offset.map { $0 >= 0 && $0 <= bytes.count } ?? false
        }
    }

    @Test("a document with bytes changed, lost and doubled is read or refused with its place", arguments: 0..<20)
    func mutated(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<500 {
            var bytes = Self.sample
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(Self.sample[Int.random(in: 0..<Self.sample.count, using: &random)], at: place)
                default: bytes.removeSubrange(place...)
                }
                if bytes.isEmpty { break }
            }
            #expect(survives(bytes), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test("random bytes do no harm", arguments: 0..<10)
    func noise(seed: UInt64) {
        var random = Seeded(state: seed)
        for _ in 0..<500 {
            let count = Int.random(in: 0..<200, using: &random)
            #expect(survives((0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }))
        }
    }

    @Test("numbers whose bits look like a string's place on the tape do not mislead", arguments: 0..<10)
    func looksLikeStrings(seed: UInt64) {
        var random = Seeded(state: seed)
        let tag = UInt64(UInt8(ascii: "\"")) << 56
        for _ in 0..<200 {
            let numbers = (0..<Int.random(in: 1..<6, using: &random)).map { _ in
                String(tag | UInt64.random(in: 0..<1 << 48, using: &random))
            }
            let text = "[\"first\",\(numbers.joined(separator: ","))]"
            #expect(survives(Array(text.utf8)), "\(text)")
        }
    }

    @Test("a stream gives the same lines however it is cut into chunks", arguments: 0..<10)
    func frames(seed: UInt64) throws {
        var random = Seeded(state: seed)
        let text = (0..<400).map { _ in UInt8.random(in: 8...14, using: &random) }
        var frames = NewlineFrames()
        var lines: [[UInt8]] = []
        var rest = text[...]
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 0...40, using: &random))
            lines += try frames.lines(in: Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        if let last = frames.finish() { lines.append(last) }
        var expected = text.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
        if expected.last == [] { expected.removeLast() }
        #expect(lines == expected)
    }
}
