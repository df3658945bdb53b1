import HTTP
import HTTPTesting
import Model
import Testing

@testable import Backends

struct KubernetesTableFeedTests {
    private let bench = ClientBench()
    private let pods = "/api/v1/pods"
    private let query = TableQuery(environment: "lab", kind: .pods)

    private func follow(_ query: TableQuery? = nil, known: [String] = []) -> TableReader {
        TableReader(bench.client.followTable(query ?? self.query, knownNamespaces: known))
    }

    private func watching(_ first: FakeTransport.Answer, _ watches: FedStream...) {
        bench.script(pods, [first] + watches.map { .fed($0) })
    }

    @Test("pages come one after the other, then changes as the watch tells them")
    func listThenWatch() async {
        let watch = FedStream()
        bench.transport.answer(
            .get, pods, with: SmallTable.list(SmallTable.row("a", "Running"), continuation: "next"),
            SmallTable.list(SmallTable.row("b", "Pending"), version: "11"), .fed(watch))
        var reader = follow()
        #expect(
            await reader.next(5) == [
                "loading 0", "reset Name,Status +shop/a=Running", "loading 1", "+shop/b=Pending", "live",
            ])
        watch.send(SmallTable.event("MODIFIED", SmallTable.row("b", "Running"), version: "12"))
        #expect(await reader.next() == "+shop/b=Running")
        watch.send(SmallTable.event("DELETED", SmallTable.row("a", "Running"), version: "13"))
        #expect(await reader.next() == "-shop/a")
        #expect(
            bench.asked == [
                "/api/v1/pods?includeObject=Metadata&limit=500",
                "/api/v1/pods?includeObject=Metadata&limit=1000&continue=next",
                "/api/v1/pods?includeObject=Metadata&watch=true&allowWatchBookmarks=true&timeoutSeconds=450&resourceVersion=10",
            ])
    }

    @Test("selectors and namespaces of foreign text are encoded")
    func encoding() async {
        let query = TableQuery(
            environment: "lab", kind: .pods, scope: .some(["a b/../c"]), labelSelector: "app in (x,y)&limit=1",
            fieldSelector: "spec.nodeName=n")
        var reader = follow(query)
        _ = await reader.next(2)
        #expect(
            bench.asked == [
                "/api/v1/namespaces/a%20b%2F..%2Fc/pods?labelSelector=app%20in%20%28x%2Cy%29%26limit%3D1&fieldSelector=spec.nodeName%3Dn&includeObject=Metadata&limit=500"
            ])
    }

    @Test("events of one chunk are one change, and half a line waits for its other half")
    func chunks() async {
        let watch = FedStream()
        watching(SmallTable.list(SmallTable.row("a", "Running")), watch)
        var reader = follow()
        _ = await reader.next(3)
        let text =
            SmallTable.event("MODIFIED", SmallTable.row("a", "Failed"), version: "11")
            + SmallTable.event("ADDED", SmallTable.row("b", "Pending"), version: "12")
        watch.send(text + String(text.prefix(40)))
        #expect(await reader.next() == "+shop/a=Failed +shop/b=Pending")
        watch.send(
            SmallTable.event("MODIFIED", SmallTable.row("a", "Failed"), version: "11").dropFirst(40)
                + SmallTable.event("ADDED", SmallTable.row("c", "Pending"), version: "13"))
        #expect(await reader.next() == "+shop/c=Pending")
    }

    @Test("a watch that ends cleanly goes on from the last version without a word")
    func cleanEnd() async {
        let (first, second) = (FedStream(), FedStream())
        watching(SmallTable.list(SmallTable.row("a", "Running")), first, second)
        var reader = follow()
        _ = await reader.next(3)
        first.send(SmallTable.event("BOOKMARK", SmallTable.row("", ""), version: "20"))
        first.finish()
        second.send(SmallTable.event("ADDED", SmallTable.row("b", "Pending"), version: "21"))
        #expect(await reader.next() == "+shop/b=Pending")
        #expect(bench.asked.last?.hasSuffix("resourceVersion=20") == true)
    }

    @Test("a version that is too old is listed again, and only the differences are told")
    func goneInWatch() async {
        let (first, second) = (FedStream(), FedStream())
        bench.transport.answer(
            .get, pods,
            with: SmallTable.list(
                SmallTable.row("a", "Running"), SmallTable.row("b", "Running"), SmallTable.row("c", "Running")),
            .fed(first),
            SmallTable.list(SmallTable.row("a", "Running"), SmallTable.row("b", "Failed"), version: "30"),
            .fed(second))
        var reader = follow()
        _ = await reader.next(3)
        first.send(SmallTable.tooOld)
        #expect(await reader.next() == "+shop/b=Failed -shop/c")
        second.send(SmallTable.event("ADDED", SmallTable.row("d", "Pending"), version: "31"))
        #expect(await reader.next() == "+shop/d=Pending")
        #expect(bench.asked.last?.hasSuffix("resourceVersion=30") == true)
    }

    @Test("a list that expires between pages goes on from the fresh token and watches from its beginning")
    func goneInList() async throws {
        let watch = FedStream()
        bench.transport.answer(
            .get, pods, with: SmallTable.list(SmallTable.row("a", "Running"), version: "10", continuation: "old"),
            SmallTable.json(try KubernetesFixture.text("gone/page-continue-expired-410-table"), status: 410),
            SmallTable.list(SmallTable.row("b", "Running"), version: "99"), .fed(watch))
        var reader = follow()
        #expect(await reader.next(5).last == "live")
        watch.send(SmallTable.event("ADDED", SmallTable.row("c", "Running"), version: "11"))
        _ = await reader.next()
        #expect(
            bench.asked[2].hasSuffix(
                "continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6LTEsInN0YXJ0IjoiY3JlYXRpbmdcdTAwMDAifQ"))
        #expect(bench.asked[3].hasSuffix("resourceVersion=10"))
    }

    @Test("a broken watch is stale at once, and live when it is back")
    func brokenWatch() async {
        let (first, second) = (FedStream(), FedStream())
        watching(SmallTable.list(SmallTable.row("a", "Running")), first, second)
        var reader = follow()
        _ = await reader.next(3)
        first.fail(HTTPError(.reset, target: "https://api.example", detail: "connection reset"))
        #expect(await reader.next().hasPrefix("stale: "))
        await bench.pacer.untilSleeping()
        #expect(bench.pacer.waits == [0.5])
        bench.pacer.advance(0.5)
        #expect(await reader.next() == "live")
        second.send(SmallTable.event("ADDED", SmallTable.row("b", "Running"), version: "11"))
        #expect(await reader.next() == "+shop/b=Running")
    }

    @Test("a server that cannot be reached is tried again, less and less often")
    func unreachable() async {
        bench.transport.fail(
            .get, pods, HTTPError(.refused, target: "https://api.example", detail: "connection refused"))
        var reader = follow()
        #expect(await reader.next() == "loading 0")
        #expect(await reader.next().hasPrefix("failed: "))
        await bench.pacer.untilSleeping()
        #expect(bench.pacer.waits == [0.5])
        bench.pacer.advance(0.5)
        await bench.pacer.untilSleeping()
        #expect(bench.pacer.waits == [1])
    }

    @Test("a server that says when to come back is left alone for so long")
    func throttled() async {
        bench.transport.answer(
            .get, pods, with: SmallTable.json("{}", status: 429, headers: ["Retry-After": "7"]),
            SmallTable.list(SmallTable.row("a", "Running")), .fed(FedStream()))
        var reader = follow()
        #expect(
            await reader.next(2) == [
                "loading 0", "failed: /api/v1/pods: too many requests (429); it asks to wait 7 s",
            ])
        await bench.pacer.untilSleeping()
        #expect(bench.pacer.waits.map { Int($0 * 10) } == [77])
        bench.pacer.advance(8)
        #expect(await reader.next() == "reset Name,Status +shop/a=Running")
    }

    @Test("a server that wants to be left alone for ages is asked again after five minutes")
    func throttledForAges() async {
        bench.transport.answer(
            .get, pods, with: SmallTable.json("{}", status: 429, headers: ["Retry-After": "99999999999999999999"]))
        var reader = follow()
        #expect(
            await reader.next(2) == [
                "loading 0", "failed: /api/v1/pods: too many requests (429); it asks to wait 300 s",
            ])
    }

    @Test("who may not list everywhere sees the namespaces that are known, and is told so")
    func forbiddenEverywhere() async throws {
        bench.transport.answer(.get, pods, status: 403, bytes: try KubernetesFixture.bytes("errors/403-nobody-allns"))
        bench.transport.answer(
            .get, "/api/v1/namespaces", with: SmallTable.refusal(403, "Forbidden", "namespaces is forbidden"))
        bench.transport.answer(
            .post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
            with: .computed { request in
                let allowed = String(decoding: request.body ?? [], as: UTF8.self).contains("payments")
                let rule = #"{"verbs":["list"],"apiGroups":[""],"resources":["pods"]}"#
                let body = #"{"status":{"resourceRules":[\#(allowed ? rule : "")],"incomplete":false}}"#
                return HTTPResponse(head: HTTPHead(status: 201), body: Array(body.utf8))
            })
        bench.transport.answer(
            .get, "/api/v1/namespaces/payments/pods",
            with: SmallTable.list(SmallTable.row("a", "Running", namespace: "payments")), .fed(FedStream()))
        var reader = follow(known: ["payments", "secret"])
        let notice = " [showing payments only: listing pods in all namespaces is forbidden]"
        #expect(
            await reader.next(4) == [
                "loading 0", "loading 0" + notice, "reset Name,Status +payments/a=Running", "live" + notice,
            ])
    }

    @Test("who may list nothing is told the server's reason")
    func forbiddenAltogether() async throws {
        bench.transport.answer(.get, pods, status: 403, bytes: try KubernetesFixture.bytes("errors/403-nobody-allns"))
        bench.transport.answer(.post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", "{}")
        var reader = follow()
        #expect(
            await reader.next(2) == [
                "loading 0",
                #"forbidden: /api/v1/pods: pods is forbidden: User "nobody" cannot list resource "pods" in API group "" at the cluster scope (403)"#,
            ])
        bench.transport.answer(.get, pods, with: SmallTable.list(SmallTable.row("a", "Running")), .fed(FedStream()))
        await bench.pacer.untilSleeping()
        bench.pacer.advance(60)
        await bench.pacer.untilSleeping()
        bench.pacer.advance(60)
        #expect(await reader.next() == "reset Name,Status +shop/a=Running")
    }

    @Test("several namespaces are one table: columns first, rows of all, one status")
    func severalNamespaces() async {
        let (one, two) = (FedStream(), FedStream())
        let held = FedStream(head: HTTPHead(status: 200, headers: ["Content-Type": "application/json"]))
        bench.transport.answer(
            .get, "/api/v1/namespaces/a/pods", with: SmallTable.list(SmallTable.row("x", "Running", namespace: "a")),
            .fed(one))
        bench.transport.answer(.get, "/api/v1/namespaces/b/pods", with: .fed(held), .fed(two))
        var reader = follow(TableQuery(environment: "lab", kind: .pods, scope: .some(["a", "b"])))
        #expect(await reader.next(3) == ["loading 0", "reset Name,Status +a/x=Running", "loading 1"])
        guard case .response(let answer) = SmallTable.list(SmallTable.row("x", "Failed", namespace: "b")) else {
            return
        }
        held.send(answer.body)
        held.finish()
        #expect(await reader.next(2) == ["+b/x=Failed", "live"])
        two.send(#"{"type":"ERROR","object":{"code":500,"message":"etcd is gone"}}"# + "\n")
        #expect(await reader.next() == "stale: b: etcd is gone")
        one.send(SmallTable.event("ADDED", SmallTable.row("y", "Running", namespace: "a"), version: "2"))
        #expect(await reader.next() == "+a/y=Running")
    }

    @Test("a kind that the server does not have is absent")
    func absentKind() async throws {
        let kind = ResourceKind(group: "nope.example.com", version: "v1", plural: "things", kind: "Thing")
        bench.transport.answer(
            .get, "/apis/nope.example.com/v1/things", status: 404, headers: ["Content-Type": "text/plain"],
            bytes: try KubernetesFixture.bytes("errors/404-group-table"))
        var reader = follow(TableQuery(environment: "lab", kind: kind))
        #expect(
            await reader.next(2) == [
                "loading 0", "absent: /apis/nope.example.com/v1/things: 404 page not found (404)",
            ])
    }

    @Test("refused credentials are said to be, and are not tried in a hurry")
    func refusedCredentials() async throws {
        bench.transport.answer(.get, pods, status: 401, bytes: try KubernetesFixture.bytes("errors/401-bad-token"))
        var reader = follow()
        #expect(
            await reader.next(2) == [
                "loading 0",
                "failed: /api/v1/pods: the server does not accept these credentials (401); log in again, or check the context's user",
            ])
        await bench.pacer.untilSleeping()
        #expect(bench.pacer.waits == [30])
    }

    @Test("a web page in the API server's place is called one")
    func webPage() async {
        bench.transport.answer(.get, pods, headers: ["Content-Type": "text/html"], "<html><body>Log in</body></html>")
        var reader = follow()
        #expect(
            await reader.next(2) == [
                "loading 0",
                "failed: /api/v1/pods: the server's answer cannot be read: it is a web page: a proxy or a login page answered in the API server's place",
            ])
    }

    @Test("a kind that cannot be watched is listed again after a while, and only changes are told")
    func polled() async {
        let kind = ResourceKind(
            version: "v1", plural: "componentstatuses", kind: "ComponentStatus", isNamespaced: false,
            verbs: ["get", "list"])
        bench.transport.answer(
            .get, "/api/v1/componentstatuses", with: SmallTable.list(SmallTable.row("etcd", "Healthy", namespace: "")),
            SmallTable.list(SmallTable.row("etcd", "Unhealthy", namespace: "")))
        var reader = follow(TableQuery(environment: "lab", kind: kind))
        #expect(await reader.next(3) == ["loading 0", "reset Name,Status +/etcd=Healthy", "live"])
        await bench.pacer.untilSleeping()
        bench.pacer.advance(12)
        #expect(await reader.next() == "+/etcd=Unhealthy")
    }

    @Test("garbage in a watch makes it stale, and it is watched again")
    func garbage() async {
        let (first, second) = (FedStream(), FedStream())
        watching(SmallTable.list(SmallTable.row("a", "Running")), first, second)
        var reader = follow()
        _ = await reader.next(3)
        first.send("this is not JSON\n")
        #expect(await reader.next().hasPrefix("stale: /api/v1/pods: the server's answer cannot be read: not JSON"))
        await bench.pacer.untilSleeping()
        bench.pacer.advance(1)
        #expect(await reader.next() == "live")
    }

    @Test("whoever stops reading ends the watch")
    func cancelled() async {
        let watch = FedStream()
        watching(SmallTable.list(SmallTable.row("a", "Running")), watch)
        let task = Task { [bench, query] in
            for await _ in bench.client.followTable(query) {}
        }
        _ = await bench.transport.request(at: 1)
        task.cancel()
        await watch.untilDropped()
        await task.value
    }

    @Test("a list for a subcommand holds the namespaces that are allowed, and says so")
    func narrowList() async throws {
        bench.transport.answer(.get, pods, status: 403, bytes: try KubernetesFixture.bytes("errors/403-nobody-allns"))
        bench.transport.answer(
            .post, "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
            bytes: try KubernetesFixture.bytes("access/ssrr-nobody"))
        bench.transport.answer(
            .get, "/api/v1/namespaces/default/pods", with: SmallTable.list(SmallTable.row("a", "Running")))
        let (_, rows, notices) = try await bench.client.list(query)
        #expect(rows.map(\.name) == ["a"])
        #expect(notices == ["showing default only: listing pods in all namespaces is forbidden"])
    }

    @Test("a list for a subcommand holds all pages")
    func list() async throws {
        bench.transport.answer(
            .get, pods, with: SmallTable.list(SmallTable.row("a", "Running"), continuation: "next"),
            SmallTable.list(SmallTable.row("b", "Pending")))
        let (columns, rows, notices) = try await bench.client.list(query)
        #expect(columns.map(\.name) == ["Name", "Status"])
        #expect(rows.map(\.name) == ["a", "b"])
        #expect(notices.isEmpty)
    }
}
