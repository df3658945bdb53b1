import Foundation
import Testing

/// Where kubectl is, if the machine has one: `KUBECTL`, or anywhere on the PATH.
private let kubectl: String? = {
    let environment = ProcessInfo.processInfo.environment
    let folders = (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/kubectl" }
    return ((environment["KUBECTL"].map { [$0] } ?? []) + folders)
        .first { FileManager.default.isExecutableFile(atPath: $0) }
}()

@Suite(
    "get prints what kubectl prints", .enabled(if: kubectl != nil && Program.path != nil, "needs kubectl"),
    .timeLimit(.minutes(5)))
struct KubectlEqualityTests {
    @Test(
        "byte for byte but for ages",
        arguments: [
            "pods -n payments", "pods -n payments -o wide", "pods -A", "pods -A -o wide", "deployments -A",
            "deploy -n payments -o wide", "nodes", "nodes -o wide", "services -A", "svc -n payments -o wide",
            "events -A", "ingresses -A", "ing -n payments -o wide", "jobs -A",
            "jobs -n payments -o wide", "cronjobs -A", "cronjobs -n payments -o wide", "statefulsets -A -o wide",
            "paymentroutes -A", "pr -n payments -o wide", "configmaps -A", "pv", "pvc -A", "namespaces",
            "pods -A -l team=checkout", "pods -A --field-selector status.phase!=Running", "nodes --no-headers",
        ])
    func tables(words: String) async throws {
        let (ours, theirs) = try await both(words)
        #expect(theirs.code == 0, "\(theirs.problem)")
        #expect(ours.code == theirs.code)
        let (own, foreign) = (AgelessTable(ours.output), AgelessTable(theirs.output))
        #expect(foreign.lines.count > 2)
        #expect(own.lines == foreign.lines)
        #expect(own.isOfAge(foreign))
    }

    @Test(
        "names byte for byte",
        arguments: [
            "pods -A -o name", "deployments -n payments -o name", "nodes -o name", "ingresses -A -o name",
            "cronjobs -A -o name", "paymentroutes -A -o name", "events -A -o name",
        ])
    func names(words: String) async throws {
        let (ours, theirs) = try await both(words)
        #expect(theirs.lines.count > 1)
        #expect(ours == theirs)
    }

    @Test("nothing there: the same words on stderr, nothing on stdout")
    func nothing() async throws {
        let (ours, theirs) = try await both("pods -n default")
        #expect(ours == theirs)
        let names = try await both("pods -n default -o name")
        #expect(names.ours == names.theirs)
        let everywhere = try await both("pods -A -l team=nobody")
        #expect(everywhere.ours == everywhere.theirs)
    }

    private func both(_ words: String) async throws -> (ours: Program.Outcome, theirs: Program.Outcome) {
        let stage = try await Stage.shared.set()
        let arguments =
            ["get"] + words.split(separator: " ").map(String.init)
            + ["--kubeconfig", stage.kubeconfig, "--context", "sandbox"]
        // What the clock set off may still be settling: our look counts once it stands between two of kubectl's that agree.
        var theirs = try await stage.program.run(kubectl ?? "kubectl", arguments)
        for _ in 0..<20 {
            let ours = try await stage.program.run(Program.path ?? "midwatch", arguments)
            let again = try await stage.program.run(kubectl ?? "kubectl", arguments)
            if AgelessTable(theirs.output).lines == AgelessTable(again.output).lines { return (ours, again) }
            theirs = again
        }
        return (try await stage.program.run(Program.path ?? "midwatch", arguments), theirs)
    }
}
