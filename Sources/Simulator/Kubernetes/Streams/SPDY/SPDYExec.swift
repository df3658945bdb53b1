import Foundation
import Synchronization

/// An exec or attach whose channels are SPDY streams: the client opens one for errors and one for each thing it wants, and then
/// the process starts.
struct SPDYExec: Sendable {
    let session: ExecSession

    /// How long the client may take to open its streams, as at the kubelet.
    private static let patience: Duration = .seconds(30)

    func run(_ input: any ByteSource, write: @escaping @Sendable ([UInt8]) async throws -> Void) async {
        let (arrivals, opened) = AsyncStream<SPDYStream>.makeStream(bufferingPolicy: .bufferingOldest(16))
        let connection = SPDYSession(write: write) { opened.yield($0) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // Bytes that are no SPDY end the connection as its loss does.
                try? await connection.run(input)
                opened.finish()
            }
            group.addTask {
                guard let streams = await collected(arrivals) else { return }
                await serve(streams)
                try? await write(SPDYFrame.goAway(lastGood: 0, status: 0).bytes)  // The client may be gone.
            }
            await group.next()
            group.cancelAll()
        }
    }

    private var wanted: Set<String> {
        let options = session.target.options
        var wanted: Set<String> = ["error"]
        if options.hasInput { wanted.insert("stdin") }
        if options.hasOutput { wanted.insert("stdout") }
        if options.hasProblems { wanted.insert("stderr") }
        if options.hasTerminal { wanted.insert("resize") }
        return wanted
    }

    /// All streams that were asked for; nil where the client does not open them in time.
    private func collected(_ arrivals: AsyncStream<SPDYStream>) async -> [String: SPDYStream]? {
        let wanted = wanted
        return await withTaskGroup(of: [String: SPDYStream]?.self) { group in
            group.addTask {
                var streams: [String: SPDYStream] = [:]
                for await stream in arrivals {
                    streams[stream.headers["streamtype"] ?? ""] = stream
                    if wanted.isSubset(of: streams.keys) { return streams }
                }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)  // Cancelled when all are there.
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    private func serve(_ streams: [String: SPDYStream]) async {
        let (target, runtime) = (session.target, session.runtime)
        let machine = runtime.machine(target.pod, target.container)
        let shell = target.kind == .attach ? machine?.shell : nil
        let output: any ByteSink = streams["stdout"] ?? Nowhere()
        let own = target.options.hasTerminal && shell == nil ? Terminal(output: output) : nil
        let io = ProcessIO(
            input: streams["stdin"]?.input ?? TextSource(""), output: output, problems: streams["stderr"] ?? Nowhere())
        let isEnded = Mutex(false)
        await withTaskGroup(of: Void.self) { group in
            if let own, let keys = streams["stdin"]?.input {
                group.addTask {
                    while let bytes = try? await keys.read() { try? await own.receive(bytes) }  // Ends with its stream.
                    own.input.finish()
                }
            }
            if let sizes = streams["resize"]?.input, let screen = shell?.terminal ?? own {
                group.addTask {
                    var reader = LineReader(sizes)
                    while let line = try? await reader.next() { ExecSession.resize(screen, line) }  // The same.
                }
            }
            let outcome = await session.outcome(machine, own, io) { isEnded.withLock { $0 = true } }
            let last = isEnded.withLock { $0 } && target.kind == .exec ? StreamOutcome.exited(137) : outcome
            if let words = last.message(StreamProtocol(name: "v4.channel.k8s.io")) {
                try? await streams["error"]?.write(words)  // Who is gone needs no status.
            }
            for stream in streams.values {
                stream.input.breakOff()
                await stream.finish()
            }
            group.cancelAll()
        }
    }
}
