import HTTP
import Model
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

    @Test("a server's wish to be left alone is heard as seconds or as a date, and obeyed for five minutes at most")
    func throttled() {
        #expect(refusal(retryAfter: "7").message == "pods: too many requests (429); it asks to wait 7 s")
        #expect(refusal(retryAfter: "86400").message == "pods: too many requests (429); it asks to wait 300 s")
        #expect(
            refusal(retryAfter: "Sun, 01 Mar 2026 09:30:30 GMT").message
                == "pods: too many requests (429); it asks to wait 30 s")
        #expect(refusal(retryAfter: "1e300").message == "pods: the server answered 429")
        #expect(
            refusal(#"{"message":"busy","details":{"retryAfterSeconds":1e300}}"#).message
                == "pods: busy (429); it asks to wait 300 s")
        #expect(
            KubernetesError.throttled(seconds: 1e300, code: 429, message: "busy", target: "pods").message
                == "pods: busy (429); it asks to wait 300 s")
    }

    private func refusal(_ body: String = "", retryAfter: String? = nil) -> KubernetesError {
        var headers: HTTPHeaders = [:]
        headers["Retry-After"] = retryAfter
        let answer = HTTPResponse(head: HTTPHead(status: 429, headers: headers), body: Array(body.utf8))
        return Refusal.error(answer, target: "pods", now: Timestamp(seconds: 1_772_357_400))
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
