import Foundation
import Testing

@testable import Simulator

@Suite("Objects in Kubernetes' protobuf, as kubectl writes them")
struct KubernetesSimulatorProtobufTests {
    /// What `kubectl create configmap xx --from-literal=a=b -n payments` sends.
    private static let configMap: [UInt8] = [
        0x6b, 0x38, 0x73, 0x00, 0x0a, 0x0f, 0x0a, 0x02, 0x76, 0x31, 0x12, 0x09, 0x43, 0x6f, 0x6e, 0x66, 0x69, 0x67,
        0x4d, 0x61, 0x70, 0x12, 0x24, 0x0a, 0x1a, 0x0a, 0x02, 0x78, 0x78, 0x12, 0x00, 0x1a, 0x08, 0x70, 0x61, 0x79,
        0x6d, 0x65, 0x6e, 0x74, 0x73, 0x22, 0x00, 0x2a, 0x00, 0x32, 0x00, 0x38, 0x00, 0x42, 0x00, 0x12, 0x06, 0x0a,
        0x01, 0x61, 0x12, 0x01, 0x62, 0x1a, 0x00, 0x22, 0x00,
    ]

    @Test("a config map, without what Go writes of empty fields")
    func object() {
        #expect(
            KubeProtobuf.object(Self.configMap) == [
                "kind": "ConfigMap", "apiVersion": "v1", "metadata": ["name": "xx", "namespace": "payments"],
                "data": ["a": "b"],
            ])
    }

    @Test("a body that breaks off is no object", arguments: [0, 3, 4, 5, 20, 22, 30, 40])
    func brokenOff(length: Int) {
        #expect(KubeProtobuf.object(Array(Self.configMap.prefix(length))) == nil)
    }

    @Test("a kind that is not in the schema is none")
    func unknownKind() {
        var bytes = Self.configMap
        bytes[12] = UInt8(ascii: "X")
        #expect(KubeProtobuf.object(bytes) == nil)
    }
}

@Suite("Sets of fields")
struct FieldSetTests {
    private func set(_ text: String) throws -> FieldSet { FieldSet(try SimJSON(parsing: text)) }

    @Test("are written as they were read")
    func roundTrip() throws {
        let text = #"{"f:spec":{"f:env":{".":{},"k:{\"name\":\"A\"}":{".":{},"f:value":{}}},"f:replicas":{}}}"#
        #expect(try set(text).json.text == text)
    }

    @Test("name their paths as conflicts do")
    func paths() throws {
        let text =
            #"{"f:spec":{"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{"f:name":{}}}},"f:x":{"v:\"a\"":{}}}"#
        #expect(try set(text).paths == [#".spec.ports[containerPort=80,protocol="TCP"].name"#, #".x[="a"]"#])
    }

    @Test("are united, cut and taken from each other")
    func algebra() throws {
        let (left, right) = (try set(#"{"f:a":{},"f:b":{"f:c":{}}}"#), try set(#"{"f:b":{"f:c":{},"f:d":{}}}"#))
        #expect(left.union(right) == (try set(#"{"f:a":{},"f:b":{"f:c":{},"f:d":{}}}"#)))
        #expect(left.intersection(right) == (try set(#"{"f:b":{"f:c":{}}}"#)))
        #expect(left.subtracting(right) == (try set(#"{"f:a":{}}"#)))
    }
}
