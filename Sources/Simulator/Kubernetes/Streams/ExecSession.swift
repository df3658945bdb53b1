import Foundation
import Synchronization

/// One exec or attach: the process in the container at one end, the client's channels at the other.
struct ExecSession: Sendable {
    let runtime: ContainerRuntime
    let target: StreamTarget

    private enum Channel {
        static let input: UInt8 = 0
        static let output: UInt8 = 1
        static let problems: UInt8 = 2
        static let error: UInt8 = 3
        static let resize: UInt8 = 4
    }

    func run(_ channels: ChannelConnection) async {
        let options = target.options
        let machine = runtime.machine(target.pod, target.container)
        // Whoever attaches to a shell is at its terminal, not at one of their own.
        let shell = target.kind == .attach ? machine?.shell : nil
        let own = options.hasTerminal && shell == nil ? Terminal(output: output(channels)) : nil
        let input = BytePipe(capacity: 1 << 17)
        let isEnded = Mutex(false)
        await channels.run(
            streamed: { $0 == Channel.input },
            receive: { message in
                switch message {
                case .bytes(Channel.input, let bytes):
                    guard options.hasInput else { return }
                    // A process that reads no more lets the rest of its input fall.
                    if let own { try? await own.receive(bytes) } else { try? await input.write(bytes) }
                case .bytes(Channel.resize, let bytes): (shell?.terminal ?? own).map { Self.resize($0, bytes) }
                case .closed(Channel.input):
                    input.finish()
                    own?.input.finish()
                default: return
                }
            },
            hangUp: {
                input.breakOff()
                own?.input.breakOff()
            },
            main: {
                defer {
                    input.breakOff()
                    own?.input.breakOff()
                }
                if !options.hasInput { input.finish() }
                // The first, empty message says that the stream stands.
                try? await channels.send(options.firstChannel, [])
                let problems: any ByteSink = options.hasProblems ? channels.sink(Channel.problems) : Nowhere()
                let io = ProcessIO(input: input, output: output(channels), problems: problems)
                let outcome = await outcome(machine, own, io) { isEnded.withLock { $0 = true } }
                let last = isEnded.withLock { $0 } && target.kind == .exec ? StreamOutcome.exited(137) : outcome
                guard let message = last.message(channels.streamProtocol) else { return [] }
                return [channels.streamProtocol.frame(Channel.error, message[...])]
            })
    }

    private func output(_ channels: ChannelConnection) -> any ByteSink {
        target.options.hasOutput ? channels.sink(Channel.output) : Nowhere()
    }

    /// Runs the process to its end, or says why there is none; `ended` is called when its container ends before it.
    func outcome(
        _ machine: ContainerMachine?, _ terminal: Terminal?, _ io: ProcessIO, ended: @escaping @Sendable () -> Void
    ) async -> StreamOutcome {
        let options = target.options
        if let words = target.connectionRefused { return .refused(words) }
        guard options.hasStreams else {
            return .refused("unable to upgrade connection: you must specify at least 1 of stdin, stdout, stderr")
        }
        if ["Succeeded", "Failed"].contains(target.pod.json["status"]["phase"].stringValue) { return .exited(0) }
        guard let machine else {
            return .refused("unable to upgrade connection: container not found (\"\(target.container)\")")
        }
        var streams = io
        if let terminal {
            let shown = TerminalOutput(terminal: terminal)
            streams = ProcessIO(input: TerminalInput(terminal: terminal), output: shown, problems: shown)
        }
        let process = streams
        let work = Task { () async -> StreamOutcome in
            target.kind == .attach
                ? await MainProcess(machine: machine, terminal: terminal, io: process).attach()
                : await ExecProcess(machine: machine, terminal: terminal, io: process).run(options.command)
        }
        return await withTaskCancellationHandler {
            await runtime.withStream(into: target.pod, container: machine.identity) {
                ended()
                machine.end()
                work.cancel()
            } _: {
                await work.value
            }
        } onCancel: {
            work.cancel()
        }
    }

    static func resize(_ terminal: Terminal, _ bytes: [UInt8]) {
        // A size that cannot be read changes nothing, as at the kubelet.
        guard let json = try? SimJSON(parsing: Data(bytes)), let columns = json["Width"].intValue,
            let rows = json["Height"].intValue, (1...65_535).contains(columns), (1...65_535).contains(rows)
        else { return }
        terminal.resize(Terminal.Size(columns: columns, rows: rows))
    }
}
