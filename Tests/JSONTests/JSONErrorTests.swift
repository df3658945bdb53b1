import Testing

@testable import JSON

@Suite("Bytes that are no JSON")
struct JSONErrorTests {
    private func message(_ bytes: [UInt8]) -> String? {
        do throws(JSONError) {
            _ = try JSONValue.parse(bytes)
            return nil
        } catch {
            return error.message
        }
    }

    private func message(_ text: String) -> String? { message(Array(text.utf8)) }

    @Test("nothing, and nothing but space, say that nothing is there")
    func empty() {
        #expect(message("") == "not JSON: nothing there at byte 0")
        #expect(message(" \n ") == "not JSON: nothing there at byte 3")
    }

    @Test("a page of HTML is refused at its first byte")
    func html() {
        #expect(message("<html><body>502 Bad Gateway</body></html>") == "not JSON: unexpected '<' at byte 0")
        #expect(throws: JSONError(message: "not JSON: unexpected '<' at byte 0", offset: 0)) {
            try JSONValue.parse("<html>")
        }
    }

    @Test("half a document ends too early")
    func half() {
        #expect(message(#"{"items":[{"a":1},{"#) == "not JSON: it ends too early at byte 19")
        #expect(message(#"{"name":"we"#) == "not JSON: it ends too early at byte 11")
        #expect(message("tru") == "not JSON: it ends too early at byte 3")
    }

    @Test("what stands behind the document is refused")
    func trailing() {
        #expect(message(#"{"a":1} {"b":2}"#) == "not JSON: text after the end of the document at byte 8")
        #expect(message("[1,2]]") == "not JSON: text after the end of the document at byte 5")
    }

    @Test("bytes that are no UTF-8 are refused where they stand")
    func invalidText() {
        #expect(message(Array("[\"a".utf8) + [0xFF] + Array("\"]".utf8)) == "not JSON: invalid UTF-8 at byte 3")
        #expect(
            message(Array("[\"".utf8) + [0xED, 0xA0, 0x80] + Array("\"]".utf8)) == "not JSON: invalid UTF-8 at byte 2")
    }

    @Test("slips of the pen name the byte, control bytes by number only")
    func slips() {
        #expect(message("[1,]") == "not JSON: unexpected ']' at byte 3")
        #expect(message(#"{"a":1,}"#) == "not JSON: unexpected '}' at byte 7")
        #expect(message(#"{"a" 1}"#) == "not JSON: unexpected '1' at byte 5")
        #expect(message(#"{a:1}"#) == "not JSON: unexpected 'a' at byte 1")
        #expect(message("[1 2]") == "not JSON: unexpected '2' at byte 3")
        #expect(message("[01]") == "not JSON: invalid number at byte 1")
        #expect(message("[-]") == "not JSON: invalid number at byte 1")
        #expect(message("[1.]") == "not JSON: invalid number at byte 1")
        #expect(message("[trux]") == "not JSON: unexpected 'x' at byte 4")
        #expect(message(#"["\x"]"#) == "not JSON: invalid escape at byte 2")
        #expect(message(#"["\u12g4"]"#) == "not JSON: invalid escape at byte 2")
        #expect(message("[\"a\u{1b}[2J\"]") == "not JSON: control character in a string at byte 3")
        #expect(message("\u{1b}[2J") == "not JSON: unexpected byte 0x1b at byte 0")
    }

    @Test("a number that no double holds is refused")
    func outOfRange() {
        #expect(message("[1e400]") == "not JSON: number out of range at byte 1")
        #expect(message("[" + String(repeating: "9", count: 400) + "]") == "not JSON: number out of range at byte 1")
    }

    @Test("nesting is bounded, for arrays and for objects")
    func depth() {
        let brackets = { String(repeating: "[", count: $0) + "1" + String(repeating: "]", count: $0) }
        let braces = { String(repeating: #"{"a":"#, count: $0) + "1" + String(repeating: "}", count: $0) }
        #expect(message(brackets(1023)) == nil)
        #expect(message(brackets(1024)) == "not JSON: nested deeper than 1024 at byte 1023")
        #expect(message(brackets(1_000_000)) == "not JSON: nested deeper than 1024 at byte 1023")
        #expect(message(braces(1023)) == nil)
        #expect(message(braces(1024)) == "not JSON: nested deeper than 1024 at byte 5115")
    }
}
