import Synchronization

/// A port-forward as kubectl makes it: SPDY inside of a WebSocket, for each connection a stream for errors and one for data.
struct TunnelSession: Sendable {
    let runtime: ContainerRuntime
    let pod: StoredObject

    func run(_ channels: ChannelConnection) async {
        let input = BytePipe(capacity: 1 << 17)
        await channels.run(
            streamed: { _ in true },
            receive: { message in
                guard case .bytes(_, let bytes) = message else { return }
                try? await input.write(bytes)  // A session that is over reads no more.
            },
            hangUp: { input.finish() },
            main: {
                await serveWhilePodLives(input) {
                    try await channels.sendFrame(channels.streamProtocol.frame(0, $0[...]))
                }
                input.breakOff()
                return []
            })
    }

    /// Serves a SPDY connection until it ends, or the pod does.
    func serveWhilePodLives(_ input: any ByteSource, write: @escaping @Sendable ([UInt8]) async throws -> Void) async {
        let work = Task { await serve(input, write: write) }
        await withTaskCancellationHandler {
            await runtime.withStream(into: pod, container: nil, end: { work.cancel() }) { await work.value }
        } onCancel: {
            work.cancel()
        }
    }

    private func serve(_ input: any ByteSource, write: @escaping @Sendable ([UInt8]) async throws -> Void) async {
        let network = PodNetwork(pod)
        let (pairs, arrivals) = AsyncStream<StreamPair>.makeStream(bufferingPolicy: .bufferingOldest(4096))
        let waiting = Mutex<[String: SPDYStream]>([:])
        let session = SPDYSession(write: write) { stream in
            guard let pair = Self.pair(stream, waiting) else { return }
            arrivals.yield(pair)
        }
        await withDiscardingTaskGroup { group in
            group.addTask {
                // Bytes that are no SPDY end the connection as its loss does.
                try? await session.run(input)
                arrivals.finish()
            }
            for await pair in pairs { group.addTask { await pair.forward(network) } }
            group.cancelAll()
        }
    }

    /// Puts a stream together with the other one of its request.
    private static func pair(_ stream: SPDYStream, _ waiting: borrowing Mutex<[String: SPDYStream]>) -> StreamPair? {
        let request = stream.headers["requestid"] ?? "\(stream.headers["port"] ?? "")"
        let other = waiting.withLock { waiting -> SPDYStream? in
            guard let other = waiting.removeValue(forKey: request) else {
                if waiting.count < 1024 { waiting[request] = stream }
                return nil
            }
            return other
        }
        guard let other else { return nil }
        let isData = stream.headers["streamtype"] == "data"
        return StreamPair(data: isData ? stream : other, errors: isData ? other : stream)
    }
}

/// The two streams of one forwarded connection.
struct StreamPair: Sendable {
    let data: SPDYStream
    let errors: SPDYStream

    func forward(_ network: PodNetwork) async {
        let port = Int(data.headers["port"] ?? "") ?? 0
        if network.listens(on: port) {
            let work = Task { await network.serve(port, input: data.input, output: data) }
            data.onReset { work.cancel() }
            await withTaskCancellationHandler {
                await work.value
            } onCancel: {
                work.cancel()
            }
        } else {
            try? await errors.write(Array(network.refusal(port).utf8))  // Who is gone needs no reason.
        }
        data.input.breakOff()
        await errors.finish()
        await data.finish()
        errors.forget()
        data.forget()
    }
}
