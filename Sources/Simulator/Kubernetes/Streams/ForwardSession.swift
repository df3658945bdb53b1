/// A port-forward in which the ports are named beforehand and each has two channels: data and errors.
struct ForwardSession: Sendable {
    let runtime: ContainerRuntime
    let pod: StoredObject
    let ports: [Int]

    func run(_ channels: ChannelConnection) async {
        let network = PodNetwork(pod)
        let inputs = ports.map { _ in BytePipe(capacity: 1 << 17) }
        await channels.run(
            streamed: { Int($0) < inputs.count * 2 && $0 & 1 == 0 },
            receive: { message in
                guard case .bytes(let channel, let bytes) = message, channel & 1 == 0,
                    Int(channel) / 2 < inputs.count
                else { return }
                try? await inputs[Int(channel) / 2].write(bytes)  // What nobody reads any more falls.
            },
            hangUp: { for input in inputs { input.finish() } },
            main: {
                let work = Task { await forward(channels, network, inputs) }
                await withTaskCancellationHandler {
                    await runtime.withStream(into: pod, container: nil, end: { work.cancel() }) { await work.value }
                } onCancel: {
                    work.cancel()
                }
                return []
            })
    }

    private func forward(_ channels: ChannelConnection, _ network: PodNetwork, _ inputs: [BytePipe]) async {
        for (index, port) in ports.enumerated() {
            // Both channels of a port begin with its number, the low byte first.
            let number = [UInt8(port & 255), UInt8(port >> 8)]
            try? await channels.send(UInt8(index * 2), number)  // A client that is gone shows below.
            try? await channels.send(UInt8(index * 2 + 1), number)
        }
        await withTaskGroup(of: Void.self) { group in
            for (index, port) in ports.enumerated() {
                group.addTask {
                    defer { inputs[index].breakOff() }
                    guard network.listens(on: port) else {
                        try? await channels.send(UInt8(index * 2 + 1), Array(network.refusal(port).utf8))  // As above.
                        return
                    }
                    await network.serve(port, input: inputs[index], output: channels.sink(UInt8(index * 2)))
                }
            }
        }
    }
}
