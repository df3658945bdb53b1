import Foundation
import Testing

/// Every change leaves by the guard: read from the source, as the directions between targets are.
struct OneWritePathTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("the guard alone makes write permits")
    func permits() throws {
        #expect(try Self.files(saying: "WritePermit(") == ["Core/Actions/Guard/Guard.swift"])
        #expect(try Self.files(saying: "WritePermit.init") == [])
    }

    @Test("only the writer, the questions about oneself and searches send what is no GET")
    func methods() throws {
        let sending = try Self.files(of: ["Backends", "Core"]) { line in
            let words = line.drop { $0 == " " }
            return !words.hasPrefix("case ") && !words.hasPrefix("//")
                && [".post,", ".put,", ".patch,", ".delete,"].contains { line.contains($0) }
        }
        #expect(
            sending == [
                "Backends/Elasticsearch/ElasticsearchClient.swift",
                "Backends/Kubernetes/Client/KubernetesClient+Access.swift",
                "Backends/Kubernetes/Writes/KubernetesWriter+Objects.swift",
                "Backends/Kubernetes/Writes/KubernetesWriter+Workloads.swift",
            ])
    }

    @Test("the way that lets changes through is handed out for a permit only, to the desk and to sessions")
    func openWay() throws {
        #expect(
            try Self.files(saying: "openKubernetes(").filter { !$0.hasPrefix("Core/Sessions/") } == [
                "Core/Environments/Environment.swift"
            ])
        #expect(try Self.files(saying: "openCluster") == ["Core/Environments/Environment.swift"])
        #expect(
            try Self.files(saying: "KubernetesWriter(") == ["Core/Environments/Environment.swift"])
    }

    @Test("connections are made by environments, which wrap them, and by nothing else in Core")
    func connections() throws {
        let making = try Self.files(of: ["Core"]) { $0.contains("makeTransport(") || $0.contains(".transport(over:") }
        #expect(making == ["Core/Environments/Environment.swift"])
    }

    private static func files(saying words: String) throws -> [String] {
        try files(of: ["Backends", "Core", "midwatch", "Panes", "PaneKit", "Console", "Model"]) { line in
            line.contains(words) && !line.drop { $0 == " " }.hasPrefix("//")
        }
    }

    /// Files with a line that answers to a condition, sorted, without doubles.
    private static func files(of targets: [String], where holds: (Substring) -> Bool) throws -> [String] {
        var found: [String] = []
        let sources = root.appending(path: "Sources")
        for target in targets {
            let all =
                FileManager.default.enumerator(
                    at: sources.appending(path: target), includingPropertiesForKeys: nil)?.allObjects ?? []
            for case let file as URL in all where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                guard text.split(separator: "\n").contains(where: holds) else { continue }
                found.append(String(file.path.dropFirst(sources.path.count + 1)))
            }
        }
        return found.sorted()
    }
}
