import HTTP
import JSON
import Model

/// Follows one container's log until it is over, through breaks, restarts and times when it has not started.
///
/// A stream that ends says nothing about completeness: the pod is asked whether more can come.
struct ContainerLogFollower: Sendable {
    /// How one container's log stands.
    enum Phase: Sendable, Equatable {
        case opening, streaming
        /// There is nothing to read yet.
        case waiting(String)
        case broken(String)
        case refused(String)
        case ended
    }

    let client: KubernetesClient
    let source: LogSource
    let uid: String
    let tail: Int
    let since: Timestamp?
    let lines: @Sendable ([LogLine]) async -> Void
    let report: @Sendable (Phase) async -> Void

    func run() async throws {
        var reading = LogReading(source: source)
        var backOff = BackOff(base: 0.5, ceiling: 10)
        while true {
            do {
                if try await read(request(reading, isFollowed: true), &reading) { backOff.reset() }
                if try await isOver() {
                    // The stream may have been cut short: what came after its end is read before the log is closed.
                    _ = try await read(request(reading, isFollowed: false), &reading)
                    return await report(.ended)
                }
            } catch let error as KubernetesError {
                if error.statusCode == 404 { return await report(.ended) }
                await report(phase(error))
            }
            try await client.pacer.sleep(backOff.next(dice: client.pacer.random()))
        }
    }

    private func request(_ reading: LogReading, isFollowed: Bool) -> LogRequest {
        guard let resumption = reading.resumption else {
            return LogRequest(isFollowed: isFollowed, tail: since == nil ? tail : nil, since: since)
        }
        return LogRequest(isFollowed: isFollowed, since: resumption)
    }

    /// Reads one stream to its end; whether it brought anything new.
    private func read(_ request: LogRequest, _ reading: inout LogReading) async throws -> Bool {
        let path = request.path(source)
        let stream = try await client.open(path, accept: "*/*")
        // 204: the pod has no node yet.
        guard stream.head.status != 204 else {
            await report(.waiting("the pod has no node yet"))
            return false
        }
        await report(.streaming)
        reading.resume()
        var frames = NewlineFrames(longest: 1 << 20, overlong: .cut)
        var chunks = stream.body.makeAsyncIterator()
        var isNew = false
        while let chunk = try await client.reaching(path, { try await chunks.next() }) {
            let batch = Self.batch(chunk, &frames, &reading)
            guard !batch.isEmpty else { continue }
            isNew = true
            await lines(batch)
        }
        // What is left without a newline is half a line, or the last words of a container that is over: its next
        // reading brings it whole, and a container that is over has no next one.
        if !request.isFollowed, let rest = frames.finish(),
            let line = rest.withUnsafeBufferPointer({ reading.line($0) })
        {
            await lines([line])
        }
        return isNew
    }

    private static func batch(
        _ chunk: [UInt8], _ frames: inout NewlineFrames, _ reading: inout LogReading
    ) -> [LogLine] {
        var batch: [LogLine] = []
        chunk.withUnsafeBufferPointer { bytes in
            // With long lines cut, nothing is refused and nothing thrown.
            try? frames.forEachLine(in: bytes) { line in
                if let line = reading.line(line) { batch.append(line) }
            }
        }
        return batch
    }

    private func isOver() async throws -> Bool {
        let pod = PodState(try await client.json(.get, client.podPath(source.namespace, source.pod)))
        guard uid.isEmpty || pod.uid == uid else { return true }
        guard let container = pod.containers.first(where: { $0.name == source.container }) else { return true }
        if !container.waiting.isEmpty, !container.isOver { await report(.waiting(container.waiting)) }
        return container.isOver
    }

    private func phase(_ error: KubernetesError) -> Phase {
        guard case .status(let code, _, let message, _) = error else { return .broken(error.message) }
        if code == 403 { return .refused(message) }
        if code == 400, let start = message.range(of: "waiting to start: ") {
            return .waiting(String(message[start.upperBound...]))
        }
        return .broken(message.isEmpty ? error.message : message)
    }
}
