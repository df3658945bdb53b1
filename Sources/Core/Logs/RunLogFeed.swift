import Backends
import LogBuffer
import Model

/// The console log of one run: its end at once, then what it writes, as long as it writes.
///
/// The lines go into a buffer that panes read; an update only says that it has changed.
struct RunLogFeed: Feed {
    private let reader: RunLogReader
    private let buffer: LogBuffer
    private let pacer: any Pacer

    init(environment: Environment, run: RunReference) {
        let buffer = LogBuffer(budget: environment.logs.memory, suppressesDoubles: false)
        self.buffer = buffer
        reader = RunLogReader(run: run, buffer: buffer) { try environment.jenkins() }
        pacer = environment.pacer
    }

    func run(_ sink: FeedSink) async {
        sink.post(.log(buffer), status: FeedStatus(.loading(received: 0), since: pacer.now))
        await reader.startOver(whole: false)
        var progress = PollingProgress()
        while !Task.isCancelled {
            let wait: Double
            do {
                let piece = try await reader.step()
                post(piece, progress.succeeded(at: pacer.now, notices: piece.notices, ending: piece.ending), to: sink)
                guard piece.isGrowing else { return }
                wait = piece.lines.isEmpty ? 2 : 1
            } catch {
                guard !Task.isCancelled else { return }
                let fault = FeedFault(error)
                let (status, seconds) = progress.failed(fault, at: pacer.now)
                if let status { sink.post(status) }
                guard !fault.isFinal else { return }
                wait = seconds
            }
            // Only a cancelled task wakes early.
            guard (try? await pacer.sleep(pacer.jittered(wait))) != nil else { return }
        }
    }

    /// Reads the log again from its beginning, where so far only its end was read.
    func loadOlder(_ sink: FeedSink) async {
        guard await reader.skipsBeginning else { return }
        await reader.startOver(whole: true)
        do {
            let piece = try await reader.step()
            let phase: FeedStatus.Phase = piece.ending.map { .ended(reason: $0) } ?? .live
            post(piece, FeedStatus(phase, since: pacer.now, notices: piece.notices), to: sink)
        } catch {
            guard !Task.isCancelled else { return }
            sink.post(FeedStatus(.stale(reason: FeedFault(error).reason), since: pacer.now))
        }
    }

    private func post(_ piece: JenkinsLog.Piece, _ status: FeedStatus?, to sink: FeedSink) {
        if piece.lines.isEmpty, let status {
            sink.post(status)
        } else if !piece.lines.isEmpty {
            sink.post(.log(buffer), status: status)
        }
    }
}

extension JenkinsLog.Piece {
    fileprivate var ending: String? { isGrowing ? nil : "the run is over" }

    fileprivate var notices: [String] {
        guard skippedBytes > 0 else { return [] }
        let size = skippedBytes < 1 << 20 ? "\(max(1, skippedBytes >> 10)) KiB" : "\(skippedBytes >> 20) MiB"
        return ["the first \(size) of the log are not loaded; go back further to load them"]
    }
}

/// Reads a run's log into its buffer, a step at a time; a step that was overtaken by another counts for nothing.
actor RunLogReader {
    private let run: RunReference
    private let buffer: LogBuffer
    private let client: @Sendable () throws -> JenkinsClient
    private var log: JenkinsLog?
    private var isWhole = false
    private var generation = 0
    private var skipped = 0

    init(run: RunReference, buffer: LogBuffer, client: @escaping @Sendable () throws -> JenkinsClient) {
        self.run = run
        self.buffer = buffer
        self.client = client
    }

    /// Whether the log's beginning has not been read.
    var skipsBeginning: Bool { skipped > 0 }

    func startOver(whole: Bool) {
        generation += 1
        isWhole = whole
        log = nil
    }

    func step() async throws -> JenkinsLog.Piece {
        while true {
            let begun = generation
            let isFirst = log == nil
            var copy = try log ?? JenkinsLog(client(), run: run, wholeLog: isWhole)
            let piece = try await copy.next()
            guard begun == generation else { continue }
            generation += 1
            log = copy
            skipped = piece.skippedBytes
            if isFirst { buffer.clear() }
            buffer.append(piece.lines.map(line))
            return piece
        }
    }

    private func line(_ text: [UInt8]) -> LogLine {
        LogLine(
            time: .zero, source: LogSource(namespace: "", pod: run.job, container: "#\(run.number)"), origin: .live,
            text: text)
    }
}
