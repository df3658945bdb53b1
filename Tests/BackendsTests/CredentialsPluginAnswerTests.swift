import HTTP
import Model
import Testing

@testable import Backends

struct CredentialsPluginAnswerTests {
    private func answer(_ text: String, _ version: ExecPlugin.Version = .v1) throws(ExecAnswer.Fault) -> ExecAnswer {
        try ExecAnswer(output: Array(text.utf8), version: version)
    }

    private func whole(_ status: String) -> String {
        #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":\#(status)}"#
    }

    private func cause(_ text: String) -> String {
        do throws(ExecAnswer.Fault) {
            _ = try answer(text)
            return "no error"
        } catch {
            return error.cause
        }
    }

    @Test("a token with its expiry is read")
    func token() throws {
        let answer = try answer(whole(#"{"token":"t-9","expirationTimestamp":"1970-01-12T13:46:40Z"}"#))
        #expect(answer.headers == ["Authorization": "Bearer t-9"])
        #expect(answer.expiry == Timestamp(seconds: 1_000_000))
        #expect(answer.identity == nil)
    }

    @Test("a client certificate with its key is read")
    func certificate() throws {
        let answer = try answer(whole(#"{"clientCertificateData":"CERT\n","clientKeyData":"KEY\n"}"#))
        #expect(answer.identity == .data(certificate: Array("CERT\n".utf8), key: Array("KEY\n".utf8)))
        #expect(answer.headers == [:])
        #expect(answer.expiry == nil)
    }

    @Test("v1beta1 is read where the kubeconfig asks for it, and a missing kind is forgiven")
    func beta() throws {
        let text = #"{"apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t-9"}}"#
        #expect(try answer(text, .v1beta1).headers == ["Authorization": "Bearer t-9"])
    }

    @Test("null is as good as absent")
    func nulls() throws {
        let text = whole(#"{"token":"t","expirationTimestamp":null,"clientCertificateData":null}"#)
        #expect(try answer(text).expiry == nil)
    }

    @Test("what is no answer is told, without a word of it that might be secret")
    func faults() {
        #expect(cause("") == "printed something that is no JSON object")
        #expect(cause("t-9\n") == "printed something that is no JSON object")
        #expect(cause("[1]") == "printed something that is no JSON object")
        #expect(
            cause(#"{"kind":"ExecCredential","status":{"token":"t-9""#) == "printed something that is no JSON object")
        #expect(cause(#"{"kind":"Pod","apiVersion":"v1"}"#) == "answered with a Pod, not an ExecCredential")
        #expect(cause("{}") == "answered without an apiVersion")
        #expect(
            cause(#"{"apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"t-9"}}"#)
                == "answered in client.authentication.k8s.io/v1beta1, "
                + "but the kubeconfig asks for client.authentication.k8s.io/v1")
        #expect(cause(whole("null")) == "answered without a status")
        #expect(cause(whole("{}")) == "gave neither a token nor a client certificate")
        #expect(cause(whole(#"{"clientCertificateData":"c"}"#)) == "gave a client certificate without its key")
        #expect(cause(whole(#"{"token":"t-9","clientKeyData":"k"}"#)) == "gave a key without its client certificate")
        #expect(cause(whole(#"{"token":9}"#)) == "answered with a token that is no text")
        #expect(
            cause(whole(#"{"token":"t-9","expirationTimestamp":"soon"}"#))
                == "answered with an expirationTimestamp that is no time: soon")
    }

    @Test("the request has kubectl's form")
    func request() {
        #expect(
            ExecRequest(version: .v1beta1).json
                == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","#
                + #""spec":{"interactive":false}}"#)
    }

    @Test("cluster info is given where the kubeconfig says so, its extension included")
    func clusterInfo() throws {
        let cluster = ExecRequest.Cluster(
            server: "https://east.example", serverName: "api", skipsVerification: true, authority: Array("CA".utf8),
            proxy: "http://p:3128", disableCompression: true, configuration: #"{"audience":"east","size":3}"#)
        #expect(
            ExecRequest(version: .v1, cluster: cluster).json
                == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"#
                + #""server":"https://east.example","tls-server-name":"api","insecure-skip-tls-verify":true,"#
                + #""certificate-authority-data":"Q0E=","proxy-url":"http://p:3128","disable-compression":true,"#
                + #""config":{"audience":"east","size":3}},"interactive":false}}"#)
        #expect(
            ExecRequest(version: .v1, cluster: ExecRequest.Cluster(server: "https://127.0.0.1:9")).json
                == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"cluster":{"#
                + #""server":"https://127.0.0.1:9","config":null},"interactive":false}}"#)
    }
}
