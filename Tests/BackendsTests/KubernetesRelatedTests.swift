import HTTPTesting
import JSON
import Model
import Testing

@testable import Backends

struct KubernetesRelatedTests {
    private func value(_ text: String) throws -> JSONValue { try JSONValue.parse(Array(text.utf8)) }

    @Test("a pod's specification tells each way in which it refers to a config map")
    func references() throws {
        let spec = try value(
            """
            {"volumes":[{"name":"conf","configMap":{"name":"app"}},{"name":"all","projected":{"sources":[{"secret":{"name":"tls"}}]}}],
             "containers":[{"name":"web","env":[{"name":"MODE","valueFrom":{"configMapKeyRef":{"name":"app","key":"m"}}}],
                            "envFrom":[{"secretRef":{"name":"tls"}}]}],
             "imagePullSecrets":[{"name":"registry"}],"serviceAccountName":"web"}
            """)
        let uses = PodReferences(spec)
        #expect(uses.words(on: "ConfigMap", "app") == "volume conf and 1 more")
        #expect(uses.words(on: "Secret", "tls") == "volume all and 1 more")
        #expect(uses.words(on: "Secret", "registry") == "pulls images")
        #expect(uses.words(on: "ServiceAccount", "web") == "runs as it")
        #expect(uses.words(on: "ConfigMap", "other") == nil)
    }

    @Test(
        "labels answer to selectors as the server reads them",
        arguments: [
            (#"{"matchLabels":{"app":"web"}}"#, true), (#"{"matchLabels":{"app":"db"}}"#, false),
            (#"{"app":"web"}"#, true),
            ("{}", false), (#"{"matchLabels":{}}"#, true),
            (#"{"matchExpressions":[{"key":"app","operator":"In","values":["db","web"]}]}"#, true),
            (#"{"matchExpressions":[{"key":"app","operator":"NotIn","values":["web"]}]}"#, false),
            (#"{"matchExpressions":[{"key":"tier","operator":"NotIn","values":["web"]}]}"#, true),
            (#"{"matchExpressions":[{"key":"tier","operator":"Exists"}]}"#, false),
            (#"{"matchExpressions":[{"key":"tier","operator":"DoesNotExist"}]}"#, true),
        ])
    func selectors(selector: String, answer: Bool) throws {
        #expect(LabelMatch.matches(try value(selector), ["app": "web"]) == answer)
    }

    @Test("the owner is the controlling one, of the kind that its apiVersion names")
    func owner() throws {
        let pod = try value(
            #"{"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"Node","name":"n1","uid":"1"},{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web-7","uid":"2","controller":true}]}}"#
        )
        let child = ObjectReference(environment: "e", kind: .pods, namespace: "shop", name: "web-7-x")
        let owner = Owner.reference(in: pod, of: child, kinds: [.nodes, .replicaSets])
        #expect(
            owner == ObjectReference(environment: "e", kind: .replicaSets, namespace: "shop", name: "web-7", uid: "2"))
    }
}
