import Testing

@testable import Simulator

@Suite("JSON trees of the simulator")
struct KubernetesSimulatorJSONTests {
    @Test("keys keep their order and numbers their kind")
    func roundTrip() throws {
        let text = #"{"z":1,"a":[true,null,-2.5],"m":{"é":"\u003cb\u003e \n \u2028"}}"#
        #expect(try SimJSON(parsing: text).text == text)
    }

    @Test("setting a member keeps its place, setting null removes it")
    func members() {
        var value: SimJSON = ["a": 1, "b": 2]
        value["a"] = 3
        value["b"] = .null
        value["c"]["d"] = "new"
        #expect(value.text == #"{"a":3,"c":{"d":"new"}}"#)
    }

    @Test("what is no JSON is refused with the byte where it stops")
    func refusal() {
        #expect(throws: SimJSONError(expected: "',' or '}'", offset: 6)) { try SimJSON(parsing: #"{"a":1"#) }
        #expect(throws: SimJSONError(expected: "the end", offset: 2)) { try SimJSON(parsing: "1 2") }
    }

    @Test("a surrogate pair is one character")
    func surrogates() throws {
        #expect(try SimJSON(parsing: #""\ud83d\ude80""#) == "🚀")
    }
}
