import HTTP
import Testing

@Suite("A response head, line by line")
struct HTTPHeadParserTests {
    @Test("is complete at the empty line")
    func complete() {
        #expect(
            parse("HTTP/2 200 \r\n", "Content-Type: text/plain\r\n", "X:\r\n", "\r\n")
                == HTTPHead(status: 200, headers: ["Content-Type": "text/plain", "X": ""], version: "2"))
    }

    @Test("needs no reason, no blank after a colon and no carriage return")
    func lenient() {
        #expect(parse("HTTP/1.0 204\n", "A:b\n", "\n") == HTTPHead(status: 204, headers: ["A": "b"], version: "1.0"))
    }

    @Test("interim answers are left out")
    func interim() {
        #expect(
            parse("HTTP/1.1 100 Continue\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: b\r\n", "\r\n")
                == HTTPHead(status: 200, headers: ["A": "b"]))
    }

    @Test("a folded line goes on with the field before")
    func folded() {
        #expect(
            parse("HTTP/1.1 200 OK\r\n", "Warning: one\r\n", "  two\r\n", "\r\n")
                == HTTPHead(status: 200, headers: ["Warning": "one two"]))
    }

    @Test("bytes that are no text, and lines that are no fields, break nothing")
    func garbage() {
        var parser = HTTPHeadParser()
        _ = take("HTTP/1.1 abc\r\n", &parser)
        _ = [UInt8]([0xFF, 0xFE, 0x3A, 0x80]).withUnsafeBytes { parser.take($0) }
        _ = take("no colon here\r\n", &parser)
        #expect(take("\r\n", &parser) == .more)
    }

    @Test("trailers after the body are dropped")
    func trailers() {
        var parser = HTTPHeadParser()
        _ = take("HTTP/1.1 200 OK\r\n", &parser)
        _ = take("\r\n", &parser)
        #expect(take("X-Sum: 1\r\n", &parser) == .more)
        #expect(take("\r\n", &parser) == .more)
    }

    @Test("a head beyond a mebibyte is too long")
    func tooLong() {
        var parser = HTTPHeadParser()
        _ = take("HTTP/1.1 200 OK\r\n", &parser)
        #expect(take("A: " + String(repeating: "b", count: 1 << 20), &parser) == .tooLong)
    }

    private func parse(_ lines: String...) -> HTTPHead? {
        var parser = HTTPHeadParser()
        let steps = lines.map { take($0, &parser) }
        guard case .head(let head) = steps.last else { return nil }
        return head
    }

    private func take(_ line: String, _ parser: inout HTTPHeadParser) -> HTTPHeadParser.Step {
        Array(line.utf8).withUnsafeBytes { parser.take($0) }
    }
}
