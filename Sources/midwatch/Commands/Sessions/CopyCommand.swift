import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Copies files and folders to and from containers.
struct CopyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cp", abstract: "Copy files and folders to and from containers: POD:PATH or NAMESPACE/POD:PATH.")

    @Argument(help: "A path here, or POD:PATH.")
    var source: String

    @Argument(help: "A path here, or POD:PATH.")
    var destination: String

    @OptionGroup var options: ActionOptions

    @Option(name: [.customShort("c"), .long], help: "Container; the pod's default without it.")
    var container: String?

    func run() throws {
        try plainly {
            let (from, to) = (CopyPlace(source), CopyPlace(destination))
            let conduct = try SessionConduct(options)
            defer { conduct.shutDown() }
            switch (from, to) {
            case (.local(let local), .remote(let namespace, let pod, let remote)):
                try run(
                    conduct, .init(.toContainer, local: local, remote: remote, container: container), pod, namespace)
            case (.remote(let namespace, let pod, let remote), .local(let local)):
                try run(
                    conduct, .init(.fromContainer, local: local, remote: remote, container: container), pod, namespace)
            default:
                throw PlainFailure(.mistaken, "one of the two is to be in a container (POD:PATH), the other one here")
            }
        }
    }

    private func run(_ conduct: SessionConduct, _ copy: CopyOptions, _ pod: String, _ namespace: String?) throws {
        guard let report = try conduct.open(.copy(copy), on: try conduct.pod(pod, namespace: namespace)) else { return }
        if case .done(let words) = report.progress.items.first?.state { print(DisplayText.safe(words)) }
    }
}

/// One end of a copy, as kubectl writes it.
enum CopyPlace: Equatable {
    case local(String)
    case remote(namespace: String?, pod: String, path: String)

    init(_ word: String) {
        guard let colon = word.firstIndex(of: ":"), !word.hasPrefix("/"), !word.hasPrefix("."), !word.hasPrefix("~")
        else {
            self = .local(word)
            return
        }
        let parts = word[..<colon].split(separator: "/", maxSplits: 1).map(String.init)
        let path = String(word[word.index(after: colon)...])
        self =
            parts.count == 2
            ? .remote(namespace: parts[0], pod: parts[1], path: path)
            : .remote(namespace: nil, pod: parts.first ?? "", path: path)
    }
}
