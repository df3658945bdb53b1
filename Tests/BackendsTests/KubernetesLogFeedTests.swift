import HTTP
import HTTPTesting
import Model
import Testing

@testable import Backends

struct KubernetesLogFeedTests {
    private let bench = ClientBench()
    private let log = "/api/v1/namespaces/shop/pods/web-1/log"
    private let query = LogQuery(environment: "lab", namespace: "shop", target: .pod(name: "web-1"))

    private func pod(
        _ name: String, phase: String = "Running", containers: String = #"{"name":"app"}"#, statuses: String = ""
    ) -> String {
        #"{"metadata":{"name":"\#(name)","uid":"u-\#(name)"},"spec":{"containers":[\#(containers)]},"status":{"phase":"\#(phase)","containerStatuses":[\#(statuses)]}}"#
    }

    private func serve(_ pods: String...) {
        bench.script(
            "/api/v1/namespaces/shop/pods",
            [
                .response(
                    HTTPResponse(
                        head: HTTPHead(status: 200),
                        body: Array(
                            #"{"kind":"PodList","metadata":{"resourceVersion":"5"},"items":[\#(pods.joined(separator: ","))]}"#
                                .utf8))), .fed(FedStream()),
            ])
    }

    /// Reads until so many lines of text have come; statuses are written between them.
    private func read(_ query: LogQuery? = nil, until last: String) async -> [String] {
        var result: [String] = []
        for await event in bench.client.followLogs(query ?? self.query, tail: 10) {
            switch event {
            case .status(let status): result.append(TableReader.text(status))
            case .lines(let lines):
                result += lines.map {
                    "\($0.source.pod)/\($0.source.container) \(String(decoding: $0.text, as: UTF8.self))"
                }
            }
            if result.last == last { break }
        }
        return result
    }

    @Test("a running container is followed: its tail, then what it writes")
    func follow() async {
        serve(pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        let stream = bench.transport.feed(.get, log)
        stream.send("2026-11-22T13:17:42Z one\n2026-11-22T13:17:43Z tw")
        stream.send("o\n")
        let lines = await read(until: "web-1/app two")
        #expect(lines.filter { $0.hasPrefix("web") } == ["web-1/app one", "web-1/app two"])
        #expect(lines.contains("live"))
        #expect(bench.asked.contains("\(log)?container=app&timestamps=true&follow=true&tailLines=10"))
    }

    @Test("a stream that ends while the container runs is taken up again without gap or double")
    func resumed() async {
        serve(pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        let (first, second) = (FedStream(), FedStream())
        bench.script(log, [.fed(first), .fed(second)])
        first.send("2026-11-22T13:17:42.1Z one\n2026-11-22T13:17:42.2Z two\n")
        first.finish()
        second.send("2026-11-22T13:17:42.1Z one\n2026-11-22T13:17:42.2Z two\n2026-11-22T13:17:42.3Z three\n")
        let reading = Task { await read(until: "web-1/app three") }
        await bench.pacer.untilSleeping()
        bench.pacer.advance(5)
        #expect(
            await reading.value.filter { $0.hasPrefix("web") } == ["web-1/app one", "web-1/app two", "web-1/app three"])
        #expect(
            bench.asked.contains("\(log)?container=app&timestamps=true&follow=true&sinceTime=2026-11-22T13%3A17%3A42Z"))
    }

    @Test("a broken stream is stale until it is back")
    func broken() async {
        serve(pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        let (first, second) = (FedStream(), FedStream())
        bench.script(log, [.fed(first), .fed(second)])
        first.fail(HTTPError(.reset, target: "https://api.example", detail: "connection reset"))
        second.send("2026-11-22T13:17:42Z back\n")
        let reading = Task { await read(until: "web-1/app back") }
        await bench.pacer.untilSleeping()
        bench.pacer.advance(5)
        let lines = await reading.value
        #expect(lines.contains { $0.hasPrefix("stale: web-1/app: ") })
        #expect(lines.suffix(2) == ["live", "web-1/app back"])
    }

    @Test("a container that is over is read to its end and closed")
    func over() async {
        serve(pod("web-1", phase: "Succeeded"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1", phase: "Succeeded"))
        let follow = FedStream()
        bench.script(
            log,
            [
                .fed(follow),
                .response(
                    HTTPResponse(
                        head: HTTPHead(status: 200),
                        body: Array("2026-11-22T13:17:42Z one\n2026-11-22T13:17:43Z last words".utf8))),
            ])
        follow.send("2026-11-22T13:17:42Z one\n2026-11-2")
        follow.finish()
        let lines = await read(until: "ended: the containers of web-1 have ended")
        #expect(lines.filter { $0.hasPrefix("web") } == ["web-1/app one", "web-1/app last words"])
    }

    @Test("a container that has not started is waited for, and the reason is said")
    func waiting() async throws {
        serve(pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        let stream = FedStream()
        bench.script(
            log,
            [
                SmallTable.json(try KubernetesFixture.text("logs/creating-400"), status: 400), .fed(stream),
            ])
        stream.send("2026-11-22T13:17:42Z up\n")
        let reading = Task { await read(until: "web-1/app up") }
        await bench.pacer.untilSleeping()
        bench.pacer.advance(5)
        #expect(await reading.value.contains("live [web-1/app waits: ContainerCreating]"))
    }

    @Test("the kubelet's own words are shown when it does not answer")
    func kubeletDown() async throws {
        serve(pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        bench.transport.answer(.get, log, status: 500, bytes: try KubernetesFixture.bytes("logs/kubelet-down"))
        let last =
            #"stale: web-1/app: Get "https://127.0.0.1:10299/containerLogs/odd/kubelet-down/app": dial tcp 127.0.0.1:10299: connect: connection refused"#
        #expect(await read(until: last).last == last)
    }

    @Test("a workload's pods are followed together, all containers of each")
    func workload() async {
        bench.transport.answer(
            .get, "/apis/apps/v1/namespaces/shop/deployments/web",
            #"{"spec":{"selector":{"matchLabels":{"app":"web"},"matchExpressions":[{"key":"tier","operator":"In","values":["a","b"]}]}}}"#
        )
        serve(pod("web-1"), pod("web-2"))
        let two = #"{"name":"app"},{"name":"proxy"}"#
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-2", pod("web-2", containers: two))
        for (path, text) in [
            ("\(log)?container=app", "a"), ("/api/v1/namespaces/shop/pods/web-2/log?container=app", "b"),
            ("/api/v1/namespaces/shop/pods/web-2/log?container=proxy", "c"),
        ] {
            bench.transport.feed(.get, "\(path)&timestamps=true&follow=true&tailLines=10")
                .send("2026-11-22T13:17:42Z \(text)\n")
        }
        let target = LogQuery.Target.workload(kind: "Deployment", name: "web")
        var seen: Set<String> = []
        for await event in bench.client.followLogs(
            LogQuery(environment: "lab", namespace: "shop", target: target), tail: 10)
        {
            guard case .lines(let lines) = event else { continue }
            for line in lines {
                seen.insert("\(line.source.pod)/\(line.source.container) \(String(decoding: line.text, as: UTF8.self))")
            }
            if seen.count == 3 { break }
        }
        #expect(seen == ["web-1/app a", "web-2/app b", "web-2/proxy c"])
        #expect(
            bench.asked.contains {
                $0.hasPrefix("/api/v1/namespaces/shop/pods?labelSelector=app%3Dweb%2Ctier%20in%20%28a%2Cb%29&")
            })
    }

    @Test("who may not read logs is told so")
    func refused() async {
        serve(pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        bench.transport.answer(.get, log, with: SmallTable.refusal(403, "Forbidden", "cannot get pods/log"))
        let last = "forbidden: cannot get pods/log [web-1/app: cannot get pods/log]"
        #expect(await read(until: last).last == last)
    }

    @Test("more containers than are followed are counted")
    func tooMany() async {
        let containers = (1...103).map { #"{"name":"c\#($0)"}"# }.joined(separator: ",")
        let many = pod("web-1", containers: containers)
        serve(many)
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", many)
        bench.transport.answer(.get, log, "")
        let last = "live [following 100 containers; 3 more are left out]"
        #expect(await read(until: last).last == last)
    }

    @Test("a cron job's pods are those of its jobs")
    func cronJob() async throws {
        bench.transport.answer(
            .get, "/apis/batch/v1/namespaces/shop/jobs",
            #"{"items":[{"metadata":{"name":"nightly-1","ownerReferences":[{"kind":"CronJob","name":"nightly"}]}},{"metadata":{"name":"other-1","ownerReferences":[{"kind":"CronJob","name":"other"}]}}]}"#
        )
        let selector = try await bench.client.podSelector(ofWorkload: "CronJob", namespace: "shop", name: "nightly")
        #expect(selector == "job-name in (nightly-1)")
    }

    @Test("a pod that does not exist is said to be none")
    func noPod() async {
        serve()
        #expect(await read(until: "ended: there is no pod web-1").last == "ended: there is no pod web-1")
    }

    @Test("the instance before the last restart is read once")
    func previous() async throws {
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        bench.transport.answer(.get, log, bytes: try KubernetesFixture.bytes("logs/previous"))
        var query = query
        query.previous = true
        let lines = await read(query, until: "ended: this is all of the instance before the last restart")
        #expect(lines.first == "loading 0")
        #expect(lines.count > 10)
        #expect(bench.asked.last == "\(log)?container=app&timestamps=true&previous=true")
    }

    @Test("a log for a subcommand is in the order of time over all containers")
    func once() async throws {
        let two = #"{"name":"app"},{"name":"proxy"}"#
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1", containers: two))
        bench.transport.answer(
            .get, "\(log)?container=app&timestamps=true&tailLines=2", "2026-11-22T13:17:42Z a\n2026-11-22T13:17:44Z c\n"
        )
        bench.transport.answer(
            .get, "\(log)?container=proxy&timestamps=true&tailLines=2", "2026-11-22T13:17:43Z b\n")
        let lines = try await bench.client.logs(query, tail: 2)
        #expect(lines.map { String(decoding: $0.text, as: UTF8.self) } == ["a", "b", "c"])
    }

    @Test("a line of many megabytes is cut, not swallowed whole")
    func longLine() async {
        serve(pod("web-1"))
        bench.transport.answer(.get, "/api/v1/namespaces/shop/pods/web-1", pod("web-1"))
        let stream = bench.transport.feed(.get, log)
        let piece = String(repeating: "x", count: 1 << 20)
        stream.send("2026-11-22T13:17:42Z " + piece)
        stream.send(piece)
        stream.send(piece + "\n2026-11-22T13:17:43Z after\n")
        let lines = await read(until: "web-1/app after").filter { $0.hasPrefix("web") }
        #expect(lines.map(\.utf8.count) == [(1 << 20) - 21 + 10, 15])
    }
}
