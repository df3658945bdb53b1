import HTTP
import Testing

@testable import Backends

struct KubernetesErrorTests {
    @Test("a refusal says what was asked for, the server's words and the status")
    func status() {
        let told = KubernetesError.status(
            code: 403, reason: "Forbidden", message: "pods is forbidden: User \"ada\" cannot list", target: "pods")
        #expect(told.message == "pods: pods is forbidden: User \"ada\" cannot list (403)")
        #expect(
            KubernetesError.status(code: 404, reason: "NotFound", message: "", target: "pods").message
                == "pods: NotFound (404)")
        #expect(
            KubernetesError.status(code: 502, reason: "", message: "", target: "pods").message
                == "pods: the server answered 502")
    }

    @Test("an answer that cannot be read says why")
    func decoding() {
        #expect(
            KubernetesError.decoding(target: "pods", cause: "it is HTML").message
                == "pods: the server's answer cannot be read: it is HTML")
    }

    @Test("a failed exchange keeps the transport's words")
    func transport() {
        let cause = HTTPError(.refused, target: "https://east.example:6443", detail: "connection refused")
        #expect(KubernetesError.transport(cause).message == cause.message)
    }

    @Test("a kubeconfig's mistake and a user's missing credentials end with what to do")
    func advice() {
        let kubeconfig = KubeconfigFault(file: "~/k", line: 3, cause: "it is odd", advice: "mend it")
        let credentials = CredentialsFault(user: "ada", cause: "they are odd", advice: "log in")
        #expect(KubernetesError.kubeconfig(kubeconfig).message == "kubeconfig ~/k, line 3: it is odd; mend it")
        #expect(KubernetesError.credentials(credentials).message == "credentials of user ada: they are odd; log in")
    }
}
