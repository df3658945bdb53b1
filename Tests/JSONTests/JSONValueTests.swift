import Testing

@testable import JSON

@Suite("JSON values")
struct JSONValueTests {
    @Test("a member is found by its key, a nested one by its path")
    func members() throws {
        let value = try JSONValue.parse(#"{"kind":"Pod","metadata":{"name":"web","labels":{"app":"shop"}}}"#)
        #expect(value["kind"]?.string == "Pod")
        #expect(value[path: "metadata", "labels", "app"]?.string == "shop")
        #expect(value["metadata"]?["uid"] == nil)
        #expect(value["kind"]?["name"] == nil)
        #expect(value[path: "metadata", "absent", "app"] == nil)
    }

    @Test("members come in the order of the document, with nested values skipped as wholes")
    func order() throws {
        let value = try JSONValue.parse(#"{"b":[1,[2,3],{"x":4}],"a":{"y":5.5},"c":18446744073709551615}"#)
        #expect(value.members.map(\.key) == ["b", "a", "c"])
        #expect(value.count == 3)
        #expect(value["b"]?.count == 3)
        #expect(value["b"]?[1]?.elements.compactMap(\.int) == [2, 3])
        #expect(value["b"]?[2]?["x"]?.int == 4)
        #expect(value["b"]?[3] == nil)
        #expect(value["b"]?[-1] == nil)
    }

    @Test("a value of another kind has no members, no elements and no count")
    func otherKinds() throws {
        let value = try JSONValue.parse(#"["text", 7, null]"#)
        #expect(value.members.map(\.key) == [])
        #expect(value[0]?.elements.compactMap(\.int) == [])
        #expect(value[1]?.count == 0)
        #expect(value.elements.map(\.kind) == [.string, .number, .null])
    }

    @Test("numbers are integers where they are whole and fit")
    func numbers() throws {
        let value = try JSONValue.parse("[1, -9223372036854775808, 18446744073709551615, 2.0, 2.5, 1e3, 1e300]")
        #expect(value.elements.map(\.int) == [1, .min, nil, 2, nil, 1000, nil])
        #expect(value.elements.map(\.double) == [1, -0x1p63, 0x1p64, 2, 2.5, 1000, 1e300])
    }

    @Test("a scalar's text is what a person would write")
    func scalarText() throws {
        let value = try JSONValue.parse(#"["as is", 42, 2.0, 0.25, 18446744073709551615, true, false, null, [], {}]"#)
        #expect(
            value.elements.map(\.scalarText)
                == ["as is", "42", "2", "0.25", "18446744073709551615", "true", "false", "", nil, nil])
    }

    @Test("the bytes of a string are read in place, escapes resolved")
    func bytesInPlace() throws {
        let value = try JSONValue.parse(#"{"message":"caf\u00e9 \ud83d\ude00\n"}"#)
        #expect(value["message"]?.withUTF8 { Array($0) } == Array("café 😀\n".utf8))
        #expect(value.withUTF8 { $0.count } == nil)
    }

    @Test("a value outlives the bytes and the other values it came from")
    func lifetime() throws {
        func inner() throws -> JSONValue? { try JSONValue.parse(#"{"a":{"b":["kept"]}}"#)["a"]?["b"] }
        #expect(try inner()?[0]?.string == "kept")
    }
}
