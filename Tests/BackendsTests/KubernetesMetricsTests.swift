import HTTP
import HTTPTesting
import Model
import Synchronization
import Testing

@testable import Backends

struct KubernetesMetricsTests {
    private let bench = ClientBench()
    private let pods = "/apis/metrics.k8s.io/v1beta1/pods"

    @Test(
        "quantities are read in all their forms",
        arguments: [
            ("12m", 12, 1), ("1500000n", 2, 1), ("250u", 1, 1), ("1", 1000, 1), ("0.5", 500, 1), ("2", 2000, 2),
            ("128Mi", 134_217_728_000, 134_217_728), ("1e3", 1_000_000, 1000), ("1E2", 100_000, 100),
            ("1.5k", 1_500_000, 1500),
            ("1.5Gi", 1_610_612_736_000, 1_610_612_736), ("0", 0, 0), ("12345678901n", 12346, 13),
        ])
    func quantities(text: String, milli: Int, whole: Int) {
        #expect(Quantity(text)?.milli == milli)
        #expect(Quantity(text)?.whole == whole)
    }

    @Test("what is no quantity is none", arguments: ["", "m", "12x", "1.2.3", "abc", "1e999"])
    func noQuantity(text: String) { #expect(Quantity(text) == nil) }

    @Test("a pod's figures are the sum of its containers'")
    func podFigures() async throws {
        bench.transport.answer(
            .get, pods,
            #"{"items":[{"metadata":{"name":"web-1","namespace":"shop"},"containers":[{"name":"app","usage":{"cpu":"12345678n","memory":"64Mi"}},{"name":"proxy","usage":{"cpu":"3m","memory":"1024Ki"}}]}]}"#
        )
        let metrics = try await bench.client.metrics(MetricsQuery(environment: "lab", subject: .pods))
        #expect(
            metrics.usage == [
                RowKey(namespace: "shop", name: "web-1"): .init(cpuMillicores: 16, memoryBytes: 65 << 20)
            ])
    }

    @Test("quantities beyond all sense are a lot, and their sum is no trap")
    func hugeFigures() async throws {
        bench.transport.answer(
            .get, pods,
            #"{"items":[{"metadata":{"name":"web-1","namespace":"shop"},"containers":[{"name":"app","usage":{"cpu":"9E","memory":"8Ei"}},{"name":"proxy","usage":{"cpu":"9E","memory":"8Ei"}}]}]}"#
        )
        let metrics = try await bench.client.metrics(MetricsQuery(environment: "lab", subject: .pods))
        #expect(
            metrics.usage == [
                RowKey(namespace: "shop", name: "web-1"): .init(cpuMillicores: 2 << 53, memoryBytes: 2 << 53)
            ])
    }

    @Test("a node's figures are its own")
    func nodeFigures() async throws {
        bench.transport.answer(
            .get, "/apis/metrics.k8s.io/v1beta1/nodes",
            #"{"items":[{"metadata":{"name":"node-1"},"usage":{"cpu":"1500m","memory":"2Gi"}}]}"#)
        let metrics = try await bench.client.metrics(MetricsQuery(environment: "lab", subject: .nodes))
        #expect(
            metrics.usage == [RowKey(namespace: "", name: "node-1"): .init(cpuMillicores: 1500, memoryBytes: 2 << 30)])
    }

    @Test("a server without metrics is said to have none")
    func absent() async throws {
        bench.transport.answer(
            .get, pods, status: 404, headers: ["Content-Type": "text/plain"],
            bytes: try KubernetesFixture.bytes("discovery/metrics-api-absent-404"))
        let error = await #expect(throws: KubernetesError.self) {
            try await bench.client.metrics(MetricsQuery(environment: "lab", subject: .pods))
        }
        #expect(
            error?.metricsPhase() == .absent(reason: "this server has no metrics: metrics-server is not installed"))
    }

    @Test("figures are asked for again and again, and a failure leaves the last ones stale")
    func polled() async throws {
        bench.script(
            pods,
            [
                SmallTable.json(#"{"items":[]}"#), .failure(HTTPError(.reset, target: "https://api.example")),
                SmallTable.json(#"{"items":[]}"#),
            ])
        let (events, continuation) = AsyncStream.makeStream(of: String.self)
        let task = Task { [bench] in
            try await bench.client.followMetrics(MetricsQuery(environment: "lab", subject: .pods)) { status, metrics in
                let word = TableReader.text(status).prefix { $0 != ":" }
                continuation.yield("\(word) \(metrics == nil ? "without" : "with") figures")
            }
        }
        var reader = events.makeAsyncIterator()
        #expect(await reader.next() == "live with figures")
        await bench.pacer.untilSleeping()
        #expect(bench.pacer.waits == [15])
        bench.pacer.advance(15)
        #expect(await reader.next() == "stale without figures")
        await bench.pacer.untilSleeping()
        bench.pacer.advance(15)
        #expect(await reader.next() == "live with figures")
        task.cancel()
    }
}
