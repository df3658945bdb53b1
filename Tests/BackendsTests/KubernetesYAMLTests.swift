import JSON
import Testing
import Yams

@testable import Backends

struct KubernetesYAMLTests {
    private func yaml(_ json: String) throws -> String {
        var writer = YAMLWriter()
        return writer.text(try JSONValue.parse(json))
    }

    @Test(
        "an object is written byte for byte as the server writes it",
        arguments: [
            "objects/configmap", "objects/crd", "objects/deployment", "objects/hpa", "objects/ingress", "objects/job",
            "objects/node", "objects/secret", "objects/service", "objects/widget", "pods/get",
        ])
    func recorded(name: String) throws {
        let written = try yaml(try KubernetesFixture.text("\(name)-json"))
        let lines = try KubernetesFixture.text("\(name)-yaml").split(separator: "\n", omittingEmptySubsequences: false)
        let own = written.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(own.count == lines.count)
        #expect(zip(own, lines).first { $0 != $1 }.map { "\($0) instead of \($1)" } == nil)
    }

    @Test("managed fields are left out")
    func managedFields() throws {
        let text = ObjectYAML.text(try KubernetesFixture.json("objects/service-json"), hidingSecrets: true)
        #expect(text.contains("managedFields") == false)
        #expect(
            text.hasPrefix("apiVersion: v1\nkind: Service\nmetadata:\n  annotations:\n") || text.contains("metadata:\n")
        )
    }

    @Test("a secret shows sizes instead of values, also in what kubectl remembered of it")
    func secret() throws {
        let json =
            #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"password\":\"aHVudGVyMg==\"}}"}},"data":{"password":"aHVudGVyMg==","empty":""},"stringData":{"x":"hunter2"},"type":"Opaque"}"#
        #expect(
            ObjectYAML.text(try JSONValue.parse(json), hidingSecrets: true) == """
                apiVersion: v1
                data:
                  empty: hidden (0 bytes)
                  password: hidden (7 bytes)
                kind: Secret
                metadata:
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: hidden (36 bytes)
                  name: s
                stringData:
                  x: hidden (7 bytes)
                type: Opaque

                """)
    }

    @Test(
        "a text that could be read as something else is quoted",
        arguments: [
            ("", #""""#), ("yes", #""yes""#), ("n", #""n""#), ("null", #""null""#), ("~", #""~""#), ("12", #""12""#),
            ("0x1F", #""0x1F""#), ("1e3", #""1e3""#), ("1_000", #""1_000""#), (".5", #"".5""#), ("5.", #""5.""#),
            ("1:30", #""1:30""#), ("2026-11-22", #""2026-11-22""#),
            ("2026-11-22T13:15:08Z", #""2026-11-22T13:15:08Z""#),
            ("1.2.3", "1.2.3"), ("10.0.0.1", "10.0.0.1"), ("1:99", "1:99"), ("10m", "10m"), ("0x", "0x"),
            ("-", "'-'"), ("- a", "'- a'"), ("-a", "-a"), ("a: b", "'a: b'"), ("a:b", "a:b"), ("a #b", "'a #b'"),
            ("a#b", "a#b"), ("*", "'*'"), ("'", "''''"), (" a", "' a'"), ("{}", "'{}'"), ("%x", "'%x'"),
            ("@x", "'@x'"), ("---", "'---'"), ("a\tb", #""a\tb""#), ("caf\u{e9}", "caf\u{e9}"),
            ("\u{1F680}", #""\U0001F680""#), ("\u{1B}[2J", #""\e[2J""#), ("\u{202E}x", "\u{202E}x"),
        ])
    func scalars(text: String, written: String) throws {
        #expect(
            try yaml(String(decoding: JSONLiteral.object([("k", .string(text))]).bytes, as: UTF8.self))
                == "k: \(written)\n")
    }

    @Test("texts of several lines are blocks that keep their end")
    func blocks() throws {
        #expect(try yaml(#"{"a":"x\ny\n"}"#) == "a: |\n  x\n  y\n")
        #expect(try yaml(#"{"a":"x\ny"}"#) == "a: |-\n  x\n  y\n")
        #expect(try yaml(#"{"a":"x\n\n"}"#) == "a: |+\n  x\n\n")
        #expect(try yaml(#"{"a":" x\ny"}"#) == "a: |2-\n   x\n  y\n")
        #expect(try yaml(#"{"a":["x\ny\n"]}"#) == "a:\n- |\n  x\n  y\n")
    }

    @Test("empty things, nested lists and long keys")
    func shapes() throws {
        #expect(
            try yaml(#"{"a":{},"b":[],"c":null,"d":[[1,2],[]],"e":[{"x":{"z":1}}]}"#) == """
                a: {}
                b: []
                c: null
                d:
                - - 1
                  - 2
                - []
                e:
                - x:
                    z: 1

                """)
        let key = String(repeating: "k", count: 129)
        #expect(try yaml(#"{"\#(key)":1}"#) == "? \(key)\n: 1\n")
    }

    @Test("keys are ordered as go-yaml orders them")
    func keyOrder() {
        let keys = ["b", "a10", "a2", "B", "a", "1", ".x", "a-b", "ab"]
        #expect(keys.sorted(by: YAMLKeyOrder.precedes) == [".x", "1", "B", "a", "a-b", "a2", "a10", "ab", "b"])
    }

    @Test(
        "what is written is read back the same by another reader",
        arguments: ["pods/get-unicode-json", "objects/crd-json", "objects/configmap-json", "objects/widget-json"])
    func readBack(name: String) throws {
        let json = try KubernetesFixture.text(name)
        let fromYAML = try #require(try Yams.compose(yaml: try yaml(json)))
        let fromJSON = try #require(try Yams.compose(yaml: json))
        #expect((outline(fromYAML) == outline(fromJSON)) == true)
    }

    /// The content of a document without its order and style.
    private func outline(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.debugDescription
        case .sequence(let list): "[" + list.map(outline).joined(separator: ",") + "]"
        case .mapping(let map):
            "{" + map.map { "\($0.key.string ?? ""): \(outline($0.value))" }.sorted().joined(separator: ",") + "}"
        case .alias: "alias"
        }
    }
}
