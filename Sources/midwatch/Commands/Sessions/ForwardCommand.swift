import ArgumentParser
import Canvas
import Core
import Foundation
import Model

/// Forwards ports of this machine to a pod, until it is interrupted.
struct ForwardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forward",
        abstract: "Forward ports of this machine to a pod, a service or a workload; anew when the pod is replaced.",
        discussion: "A saved forward is opened by its name alone: midwatch forward NAME.")

    @Argument(help: ArgumentHelp("A pod, svc/NAME, deploy/NAME, or the name of a saved forward.", valueName: "target"))
    var target: String

    @Argument(help: ArgumentHelp("LOCAL:REMOTE, PORT for both, :REMOTE for a free local port.", valueName: "ports"))
    var ports: [String] = []

    @OptionGroup var options: ActionOptions

    @Option(help: ArgumentHelp("Save it under this name for the environment.", valueName: "name"))
    var name = ""

    func run() throws {
        try plainly {
            let conduct = try SessionConduct(options)
            let sessions = conduct.session.sessions
            let done = DispatchSemaphore(value: 0)
            let ending = EndingSignals { done.signal() }
            let (verb, object) = try wish(conduct)
            guard let report = try conduct.open(verb, on: object) else { return }
            tell(sessions.forwards.infos.first { $0.id == report.session })
            done.wait()
            conduct.shutDown()
            if let signal = ending.signal, signal != SIGINT { throw ExitCode(128 + signal) }
        }
    }

    private func wish(_ conduct: SessionConduct) throws -> (ActionVerb, ObjectReference) {
        guard ports.isEmpty else {
            let ports = try ports.map(Self.port)
            return (.forward(ForwardOptions(ports: ports, name: name)), try conduct.object(target))
        }
        let environment = conduct.environment.info.id
        guard let saved = conduct.session.sessions.forwards.action(named: target, in: environment) else {
            throw PlainFailure(
                .notFound,
                "no forward is saved as \"\(target)\" for \(environment); to open one, name its ports as well")
        }
        return (saved.verb, saved.objects[0])
    }

    private func tell(_ info: ForwardInfo?) {
        for port in info?.ports ?? [] {
            print(DisplayText.safe("127.0.0.1:\(port.local) → \(info?.pod ?? ""):\(port.remote)"))
        }
        fflush(nil)
    }

    static func port(_ word: String) throws -> ForwardOptions.Port {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1 where !word.isEmpty: return ForwardOptions.Port(local: Int(word) ?? 0, remote: word)
        case 2 where !parts[1].isEmpty:
            if parts[0].isEmpty { return ForwardOptions.Port(local: 0, remote: parts[1]) }
            if let local = Int(parts[0]), (0...65535).contains(local) {
                return ForwardOptions.Port(local: local, remote: parts[1])
            }
        default: break
        }
        throw PlainFailure(.mistaken, "\"\(word)\" is not LOCAL:REMOTE")
    }
}
