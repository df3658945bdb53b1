import Testing

@testable import JSON

@Suite("Lines of a stream")
struct NewlineFramesTests {
    private func lines(_ frames: inout NewlineFrames, _ chunk: String) throws -> [String] {
        try frames.lines(in: Array(chunk.utf8)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("a line is given once its newline has come")
    func whole() throws {
        var frames = NewlineFrames()
        #expect(try lines(&frames, "one\ntw") == ["one"])
        #expect(try lines(&frames, "") == [])
        #expect(try lines(&frames, "o") == [])
        #expect(try lines(&frames, "\n\nthree\n") == ["two", "", "three"])
        #expect(frames.finish() == nil)
    }

    @Test("what is left without a newline comes at the end, once")
    func rest() throws {
        var frames = NewlineFrames()
        #expect(try lines(&frames, "a\nlast") == ["a"])
        #expect(frames.finish() == Array("last".utf8))
        #expect(frames.finish() == nil)
    }

    @Test("a line beyond the bound is refused, in one chunk or in many")
    func refused() throws {
        let error = JSONError(message: "a line of the stream is longer than 4 bytes")
        var frames = NewlineFrames(longest: 4)
        #expect(throws: error) { try frames.lines(in: Array("12345\n".utf8)) }
        frames = NewlineFrames(longest: 4)
        #expect(try lines(&frames, "1234\n12") == ["1234"])
        #expect(throws: error) { try frames.lines(in: Array("345".utf8)) }
    }

    @Test("a log's line beyond the bound is cut and counted, and the next one is whole again")
    func cut() throws {
        var frames = NewlineFrames(longest: 4, overlong: .cut)
        #expect(try lines(&frames, "12345678\nab") == ["1234"])
        #expect(frames.cutLines == 1)
        #expect(try lines(&frames, "cde") == [])
        #expect(try lines(&frames, "fgh") == [])
        #expect(try lines(&frames, "ijk\nabcd\n") == ["abcd", "abcd"])
        #expect(frames.cutLines == 2)
    }

    @Test("documents come one a line, blank lines are passed over")
    func documents() throws {
        var frames = NewlineFrames()
        #expect(
            try frames.documents(in: Array("{\"type\":\"ADDED\"}\n\r\n\n{\"ty".utf8)).map { $0["type"]?.string } == [
                "ADDED"
            ])
        #expect(try frames.documents(in: Array("pe\":\"DELETED\"}\n".utf8)).map { $0["type"]?.string } == ["DELETED"])
        #expect(throws: JSONError(message: "not JSON: unexpected '<' at byte 0", offset: 0)) {
            try frames.documents(in: Array("<html>\n{}\n".utf8))
        }
    }
}
