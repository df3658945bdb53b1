import Backends
import Model
import Synchronization

/// One forward at work: its listeners, the pod behind them, and every connection through it.
final class ForwardSession: Sendable {
    private struct State {
        var info: ForwardInfo
        var place: ForwardTarget.Place?
        var waiters: [UInt64: CheckedContinuation<ForwardTarget.Place?, Never>] = [:]
        var lastWaiter: UInt64 = 0
        var connections: [UInt64: Task<Void, Never>] = [:]
        var lastConnection: UInt64 = 0
        var tasks: [Task<Void, Never>] = []
        var isOver = false
        var epilogue: Task<Void, Never>?
    }

    let target: ForwardTarget
    private let listeners: [LoopbackListener]
    private let pacer: any Pacer
    private let changed: @Sendable () -> Void
    private let ended: @Sendable (String) async -> Void
    private let state: Mutex<State>

    /// How often it is looked for another pod, in seconds.
    private static let search = 1.0
    /// How long a connection waits for a pod.
    private static let patience = 30.0
    /// How long a connection whose near end says no more may be silent before it is given up: this protocol cannot pass on
    /// that one direction has ended.
    private static let silence = 5.0

    init(
        _ info: ForwardInfo, _ target: ForwardTarget, _ place: ForwardTarget.Place, _ listeners: [LoopbackListener],
        pacer: any Pacer, changed: @escaping @Sendable () -> Void, ended: @escaping @Sendable (String) async -> Void
    ) {
        self.target = target
        self.listeners = listeners
        self.pacer = pacer
        self.changed = changed
        self.ended = ended
        var info = info
        info.pod = place.pod
        info.state = .listening
        info.ports = zip(listeners, info.ports).map { ForwardInfo.Port(local: $0.port, remote: $1.remote) }
        state = Mutex(State(info: info, place: place))
    }

    var info: ForwardInfo { state.withLock { $0.info } }

    func rename(_ name: String) { state.withLock { $0.info.name = name } }

    func start() {
        let tasks =
            listeners.enumerated().map { index, listener in
                Task<Void, Never> { [weak self] in
                    await listener.accept { [weak self] in self?.take($0, index) }
                }
            } + [Task<Void, Never> { [weak self] in await self?.keepPlace() }]
        state.withLock { $0.tasks = tasks }
    }

    /// Closes listeners and connections.
    func stop() {
        let (tasks, waiters) = state.withLock { state in
            guard !state.isOver else {
                return ([Task<Void, Never>](), [CheckedContinuation<ForwardTarget.Place?, Never>]())
            }
            state.isOver = true
            let words = "closed after \(state.info.connections) connection\(state.info.connections == 1 ? "" : "s")"
            state.epilogue = Task { [ended] in await ended(words) }
            defer { (state.tasks, state.connections, state.waiters) = ([], [:], [:]) }
            return (state.tasks + state.connections.values, Array(state.waiters.values))
        }
        for task in tasks { task.cancel() }
        for listener in listeners { listener.end() }
        for waiter in waiters { waiter.resume(returning: nil) }
    }

    func untilClearedUp() async { await state.withLock { $0.epilogue }?.value }
}

/// The pod behind it.
extension ForwardSession {
    /// Watches the pod, and looks for another one when it goes.
    private func keepPlace() async {
        while !Task.isCancelled {
            guard let place = state.withLock({ $0.place }) else { return }
            do {
                try await target.client.untilPodLeaves(
                    place.pod, in: target.object.namespace ?? target.client.connection.defaultNamespace, uid: place.uid)
            } catch {
                return
            }
            lost(place, "pod \(place.pod) is gone; looking for its successor")
            guard await find(after: place) else { return }
        }
    }

    private func lost(_ place: ForwardTarget.Place, _ reason: String) {
        state.withLock { state in
            state.place = nil
            state.info.pod = ""
            state.info.state = .waiting(reason: reason)
        }
        changed()
    }

    private func find(after place: ForwardTarget.Place) async -> Bool {
        while !Task.isCancelled {
            do {
                if let found = try await target.place(after: place.owner) {
                    settle(found)
                    return true
                }
            } catch is CancellationError {
                return false
            } catch {
                note(.waiting(reason: PlainFailure(error).message))
            }
            // Only a cancelled task wakes early.
            guard (try? await pacer.sleep(pacer.jittered(Self.search))) != nil else { return false }
        }
        return false
    }

    private func note(_ new: ForwardInfo.State) {
        let isNew = state.withLock { state in
            defer { state.info.state = new }
            return state.info.state != new
        }
        if isNew { changed() }
    }

    private func settle(_ place: ForwardTarget.Place) {
        let waiters = state.withLock { state in
            state.place = place
            state.info.pod = place.pod
            state.info.state = .listening
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.resume(returning: place) }
        changed()
    }

    /// The pod that serves now, waited for; nil when none came in time.
    private func place() async -> ForwardTarget.Place? {
        let number = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        let timer = Task { [weak self, pacer] in
            // A cancelled wait means that there is one.
            guard (try? await pacer.sleep(Self.patience)) != nil else { return }
            self?.state.withLock { $0.waiters.removeValue(forKey: number) }?.resume(returning: nil)
        }
        defer { timer.cancel() }
        return await withCheckedContinuation { continuation in
            let (ready, isOver) = state.withLock { state in
                if state.place == nil, !state.isOver { state.waiters[number] = continuation }
                return (state.place, state.isOver)
            }
            if ready != nil || isOver { continuation.resume(returning: ready) }
        }
    }
}

/// The connections through it.
extension ForwardSession {
    private func take(_ socket: LocalSocket, _ index: Int) {
        state.withLock { state in
            guard !state.isOver else { return }
            state.lastConnection += 1
            let number = state.lastConnection
            state.info.connections += 1
            state.info.openConnections += 1
            state.connections[number] = Task { await self.serve(socket, index, number) }
        }
        changed()
    }

    private func serve(_ socket: LocalSocket, _ index: Int, _ number: UInt64) async {
        var fault: String?
        do {
            guard let place = await place() else { throw ActionRefusal(.changed, "no pod is ready to serve it") }
            let port = try await target.client.port(
                place.ports[index], ofPod: place.pod,
                in: target.object.namespace ?? target.client.connection.defaultNamespace)
            try await join(socket, port)
            await port.close()
        } catch is LocalSocketError {
            // The near end went away, as it may.
        } catch is CancellationError {
            // The forward was stopped.
        } catch let refusal as ActionRefusal {
            fault = refusal.reason
        } catch {
            fault = PlainFailure(error).message
        }
        state.withLock { state in
            if state.connections.removeValue(forKey: number) != nil { state.info.openConnections -= 1 }
            if let fault { state.info.lastFault = fault }
        }
        changed()
    }

    /// Until the far end has closed, or the near end has and the far one is silent.
    private func join(_ socket: LocalSocket, _ port: PortStream) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                while let bytes = try await port.next() {
                    try await socket.write(bytes)
                    self.count { $0.bytesIn += bytes.count }
                }
                socket.endWriting()
                return true
            }
            group.addTask {
                while let bytes = try await socket.read() {
                    try await port.write(bytes[...])
                    self.count { $0.bytesOut += bytes.count }
                }
                try await self.untilSilent()
                return false
            }
            // Whichever is first ends the other.
            _ = try await group.next()
            group.cancelAll()
        }
    }

    private func untilSilent() async throws {
        var last = -1
        while true {
            let now = info.bytesIn
            guard now != last else { return }
            last = now
            try await pacer.sleep(Self.silence)
        }
    }

    private func count(_ change: (inout ForwardInfo) -> Void) {
        state.withLock { change(&$0.info) }
        changed()
    }
}
