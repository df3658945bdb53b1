import Testing

@testable import JSON

@Suite("Elements of a list that is still coming")
struct JSONElementFramesTests {
    private func texts(_ frames: inout JSONElementFrames, _ chunk: String) throws -> [String] {
        try frames.elements(in: Array(chunk.utf8)).map { String(decoding: $0.serialized(), as: UTF8.self) }
    }

    @Test("an element is given once its end has come")
    func inPieces() throws {
        var frames = JSONElementFrames(members: "items")
        #expect(try texts(&frames, #"{"kind":"List","items":[{"a":1},{"b"#) == [#"{"a":1}"#])
        #expect(try texts(&frames, #"":{"c":[2]}"#) == [])
        #expect(!frames.isWhole)
        #expect(try texts(&frames, "} , [3] ]}\n") == [#"{"b":{"c":[2]}}"#, "[3]"])
        #expect(frames.isWhole)
    }

    @Test("brackets, quotes and keys inside texts are only texts")
    func texts() throws {
        var frames = JSONElementFrames(members: "items")
        #expect(
            try texts(&frames, #"{"a":"items","x":[{"no":1}],"items":[{"t":"}]\"\\"},{"items":[{}]}],"y":[{"no":2}]}"#)
                == [#"{"t":"}]\"\\"}"#, #"{"items":[{}]}"#])
        #expect(frames.isWhole)
    }

    @Test("a member of the same name further in is not the list")
    func deeper() throws {
        var frames = JSONElementFrames(members: "items")
        #expect(try texts(&frames, #"{"metadata":{"items":[{"no":1}]},"items":null}"#) == [])
        #expect(frames.isWhole)
    }

    @Test("what stands around the elements is there for itself")
    func around() throws {
        var frames = JSONElementFrames(members: "rows", "items")
        #expect(try texts(&frames, #"{"metadata":{"v":"7"},"rows":[{"a":1},"#) == [#"{"a":1}"#])
        #expect(try frames.beginning()[path: "metadata", "v"]?.string == "7")
        #expect(try texts(&frames, #" 5, {"b":2} ],"items":[{}],"x":true}"#) == [#"{"b":2}"#])
        let rest = try frames.surroundings()
        #expect(
            String(decoding: rest.serialized(), as: UTF8.self)
                == #"{"metadata":{"v":"7"},"rows":[],"items":[{}],"x":true}"#)
    }

    @Test("what was cut off says where")
    func cut() throws {
        var frames = JSONElementFrames(members: "items")
        _ = try texts(&frames, #"{"items":[{"a":1},{"#)
        #expect(throws: JSONError.self) { try frames.surroundings() }
    }

    @Test("what is no document has no elements and is never whole")
    func garbage() throws {
        var frames = JSONElementFrames(members: "items")
        #expect(try texts(&frames, "<html>nothing here</html>") == [])
        #expect(!frames.isWhole)
    }

    @Test("an element that is no JSON, or too long, is refused")
    func refused() throws {
        var frames = JSONElementFrames(members: "items", longest: 8)
        #expect(throws: JSONError(message: "an element of the list is longer than 8 bytes")) {
            try frames.elements(in: Array(#"{"items":[{"name":"#.utf8))
            return try frames.elements(in: Array(#""web-1"}]}"#.utf8))
        }
        frames = JSONElementFrames(members: "items")
        #expect(throws: JSONError.self) { try frames.elements(in: Array(#"{"items":[{"a" 1}]}"#.utf8)) }
    }
}
