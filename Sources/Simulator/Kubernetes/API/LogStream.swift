import Foundation

/// One answer of the log endpoint: what was written so far, then, when followed, what is written from now on.
actor LogStream {
    /// The kubelet serves the newest file only; at 10 MiB a file of usual lines holds about so many.
    private static let linesInFile = 60_000

    private let logs: ContainerLogs
    private let clock: any SimulationClock
    private let options: LogOptions
    private var run: SimContainer
    private var from: Date
    private var isFirst = true
    private var isOver = false
    private var bytesLeft: Int

    init(logs: ContainerLogs, clock: any SimulationClock, run: SimContainer, options: LogOptions) {
        self.logs = logs
        self.clock = clock
        self.run = run
        self.options = options
        bytesLeft = options.limitBytes ?? .max
        let oldest = clock.now.addingTimeInterval(-Double(Self.linesInFile) / max(run.linesPerSecond, 0.0001))
        from = max(run.startedAt, run.endedAt.map { min($0, oldest) } ?? oldest)
        if let since = options.since { from = max(from, since) }
    }

    /// The next piece of the log; nil at its end.
    func next() async throws -> [UInt8]? {
        while !isOver, bytesLeft > 0 {
            if !isFirst { try await clock.sleep(seconds: run.linesPerSecond > 2 ? 0.15 : 0.5) }
            let lines = read()
            isFirst = false
            guard !lines.isEmpty else { continue }
            let piece = text(of: lines).prefix(bytesLeft)
            bytesLeft -= piece.count
            return Array(piece)
        }
        return nil
    }

    /// Everything since the last time. A container that ended is read once more to its very end: its last words come
    /// after the moment of its end.
    private func read() -> [SimLogLine] {
        let now = clock.now
        refresh()
        let hasEnded = run.endedAt.map { $0 <= now } ?? false
        let to = hasEnded ? Date(timeIntervalSince1970: 8_000_000_000) : now
        defer { from = to }
        isOver = hasEnded || !options.isFollowing
        guard isFirst, let tail = options.tail else { return logs.script.lines(for: run, from: from, to: to) }
        guard tail > 0 else { return [] }
        let lines = logs.script.lastLines(tail, of: run, before: to)
        let start = Int64(from.timeIntervalSince1970 * 1_000_000_000)
        return lines.filter { $0.timestamp >= start }
    }

    private func refresh() {
        let runs = logs.ledger.runs(
            cluster: run.cluster, namespace: run.namespace, pod: run.pod, container: run.name)
        let present = runs.first { $0.podUID == run.podUID && $0.restartCount == run.restartCount }
        guard let present else {
            // Forgotten with its pod: nobody writes to it any more.
            run.endedAt = run.endedAt ?? clock.now
            return
        }
        run = present
    }

    private func text(of lines: [SimLogLine]) -> [UInt8] {
        var out: [UInt8] = []
        for line in lines {
            if options.hasTimestamps {
                out.append(contentsOf: KubeTime.nanoText(line.timestamp).utf8)
                out.append(0x20)
            }
            out.append(contentsOf: line.text)
            out.append(0x0a)
        }
        return out
    }
}
