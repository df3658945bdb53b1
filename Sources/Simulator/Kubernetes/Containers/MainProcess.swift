import Foundation

/// The process that a container runs anyway, as an attach sees it: the lines it writes from now on, and its input where it
/// has one.
struct MainProcess: Sendable {
    let machine: ContainerMachine
    let terminal: Terminal?
    let io: ProcessIO

    func attach() async -> StreamOutcome {
        if let shell = machine.shell {
            await shell.join(machine, io)
            return .exited(0)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await follow() }
            if machine.identity.hasInput { group.addTask { await answer() } }
            await group.next()
            group.cancelAll()
        }
        return .exited(0)
    }

    /// Passes on what the process writes, at the pace of the client, until the process ends.
    private func follow() async {
        let identity = machine.identity
        var from = machine.clock.now
        var isOver = false
        do {
            while !isOver {
                let run = machine.logs.run(
                    namespace: identity.namespace, pod: identity.pod, uid: identity.podUID, container: identity.name,
                    previous: false)
                // A process of which no log is known is silent.
                guard let run else { return try await machine.clock.sleep(seconds: 1e9) }
                let now = machine.clock.now
                isOver = run.endedAt.map { $0 <= now } ?? false
                let to = isOver ? Date(timeIntervalSince1970: 8_000_000_000) : now
                var out: [UInt8] = []
                for line in machine.logs.script.lines(for: run, from: from, to: to) { out += written(line.text) }
                from = to
                if !out.isEmpty { try await io.output.write(out) }
                if !isOver { try await machine.clock.sleep(seconds: run.linesPerSecond > 2 ? 0.1 : 0.25) }
            }
        } catch {
            // The client is gone.
        }
    }

    /// A process with an input says what it was told.
    private func answer() async {
        var reader = LineReader(io.input)
        do {
            while let line = try await reader.next() {
                try await io.output.write(written(Array("stdin: ".utf8) + line))
            }
            // The end of its input is not the end of the process.
            try await machine.clock.sleep(seconds: 1e9)
        } catch {
            return
        }
    }

    /// A line as the container's own terminal would show it, where it has one.
    private func written(_ line: [UInt8]) -> [UInt8] {
        line + (machine.identity.hasTerminal && terminal == nil ? [0x0d, 0x0a] : [0x0a])
    }
}
