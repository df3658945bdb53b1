import Testing

@testable import JSON

@Suite("Documents that servers send although the parser refuses them")
struct JSONMendingTests {
    @Test("an integer beyond 64 bits becomes the nearest double")
    func hugeIntegers() throws {
        let value = try JSONValue.parse(#"{"id":100000000000000000000,"next":[-100000000000000000000, 7]}"#)
        #expect(value["id"]?.double == 1e20)
        #expect(value["id"]?.int == nil)
        #expect(value[path: "next"]?[0]?.double == -1e20)
        #expect(value["next"]?[1]?.int == 7)
    }

    @Test("half a surrogate pair becomes the replacement character")
    func loneSurrogates() throws {
        let value = try JSONValue.parse(#"["a\ud800b", "\udc00", "\ud800\ud800", "\ud83d\ude00", "\udC00\uD800"]"#)
        #expect(
            value.elements.map(\.string) == ["a\u{fffd}b", "\u{fffd}", "\u{fffd}\u{fffd}", "😀", "\u{fffd}\u{fffd}"])
    }

    @Test("each half that stands alone is found, whatever else is in the document")
    func eachLoneSurrogate() throws {
        #expect(try JSONValue.parse(#"["\udc00"]"#)[0]?.withUTF8 { Array($0) } == [0xEF, 0xBF, 0xBD])
        #expect(try JSONValue.parse(#"["\ud800"]"#)[0]?.withUTF8 { Array($0) } == [0xEF, 0xBF, 0xBD])
        #expect(try JSONValue.parse(#"["\ud800\u0041"]"#)[0]?.withUTF8 { Array($0) } == [0xEF, 0xBF, 0xBD, 0x41])
        #expect(try JSONValue.parse(#"{"\udfff":1}"#)["\u{fffd}"]?.int == 1)
    }

    @Test("a byte order mark before the document is passed over")
    func byteOrderMark() throws {
        #expect(try JSONValue.parse([0xEF, 0xBB, 0xBF] + Array("[1]".utf8))[0]?.int == 1)
    }
}
