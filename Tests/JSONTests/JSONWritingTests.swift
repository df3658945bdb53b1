import Testing

@testable import JSON

@Suite("Writing JSON")
struct JSONWritingTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test("a subtree is written as it was read, without space")
    func compact() throws {
        let value = try JSONValue.parse(#"{ "z": [1, 2.0, -3], "a": {"t": true, "n": null, "e": [], "o": {}} }"#)
        #expect(text(value.serialized()) == #"{"z":[1,2.0,-3],"a":{"t":true,"n":null,"e":[],"o":{}}}"#)
        #expect(text(value["z"]?.serialized() ?? []) == "[1,2.0,-3]")
    }

    @Test("sorted goes by key at each level")
    func sorted() throws {
        let value = try JSONValue.parse(#"{"b":1,"a":{"d":2,"c":3},"aa":4}"#)
        #expect(text(value.serialized(sorted: true)) == #"{"a":{"c":3,"d":2},"aa":4,"b":1}"#)
    }

    @Test("pretty breaks lines and indents by two, empty brackets stay closed")
    func pretty() throws {
        let value = try JSONValue.parse(#"{"a":[1,{"b":[]}],"c":{}}"#)
        #expect(
            text(value.serialized(pretty: true)) == """
                {
                  "a": [
                    1,
                    {
                      "b": []
                    }
                  ],
                  "c": {}
                }
                """)
    }

    @Test("quotes, backslashes and control characters are escaped, everything else stays")
    func escapes() throws {
        let value = try JSONValue.parse(#"["\"\\/\b\f\n\r\t\u0000\u001b é 😀"]"#)
        #expect(text(value.serialized()) == #"["\"\\/\u0008\u000c\n\r\t\u0000\u001b é 😀"]"#)
    }

    @Test("a literal keeps its order and escapes foreign text")
    func literal() throws {
        let foreign = "x\",\"admin\":true,\"y\":\""
        let body: JSONLiteral = [
            "size": 500, "sort": [["@timestamp": "asc"]], "name": .string(foreign), "boost": 1.5, "all": true,
            "after": nil,
            "path": "/\(7)",
        ]
        #expect(
            body.text
                == #"{"size":500,"sort":[{"@timestamp":"asc"}],"name":"x\",\"admin\":true,\"y\":\"","boost":1.5,"all":true,"#
                + #""after":null,"path":"/7"}"#)
        #expect(try JSONValue.parse(body.bytes)["name"]?.string == foreign)
    }

    @Test("a double that is no number becomes null")
    func notANumber() {
        #expect(JSONLiteral.array([.double(.nan), .double(.infinity), .double(0.1)]).text == "[null,null,0.1]")
    }

    @Test("a part of a parsed document can be sent on as it is")
    func embedded() throws {
        let value = try JSONValue.parse(#"{"sort":[1700000000000,"abc"]}"#)
        let after = try #require(value["sort"])
        #expect((["search_after": .value(after)] as JSONLiteral).text == #"{"search_after":[1700000000000,"abc"]}"#)
    }
}
