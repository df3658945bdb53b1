import Foundation
import Synchronization

/// Tells tasks when a local socket can be read or written: one thread that polls all those that somebody waits for.
final class SocketWatch: Sendable {
    static let shared = SocketWatch()

    private struct Waiting {
        var number: UInt64
        var socket: Int32
        var events: Int16
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var waiting: [Waiting] = []
        var lastNumber: UInt64 = 0
    }

    private let state = Mutex(State())
    /// Written to whenever somebody new waits or nobody does any more.
    private let wakeEnds: (read: Int32, write: Int32)

    private init() {
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0, "no pipe to be had: \(String(cString: strerror(errno)))")
        for end in ends { Descriptor.settle(end) }
        wakeEnds = (ends[0], ends[1])
        Thread.detachNewThread { [self] in
            while true { turn() }
        }
    }

    /// Returns when the socket can be read (`POLLIN`) or written (`POLLOUT`), or has failed.
    func wait(for events: Int32, on socket: Int32) async throws {
        try Task.checkCancellation()
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withLock {
                    $0.waiting.append(
                        Waiting(number: number, socket: socket, events: Int16(events), continuation: continuation))
                }
                wake()
                // The handler below may have run before there was anything to resume.
                if Task.isCancelled { cancel(number) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    private func cancel(_ number: UInt64) {
        let found = state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
        }
        found?.continuation.resume(throwing: CancellationError())
        if found != nil { wake() }
    }

    private func wake() {
        var byte: UInt8 = 0
        // A full pipe means that the thread is awake already.
        _ = write(wakeEnds.write, &byte, 1)
    }

    private func turn() {
        let waiting = state.withLock {
            $0.waiting.map { ($0.number, pollfd(fd: $0.socket, events: $0.events, revents: 0)) }
        }
        var sockets = waiting.map(\.1) + [pollfd(fd: wakeEnds.read, events: Int16(POLLIN), revents: 0)]
        guard poll(&sockets, UInt(sockets.count), -1) > 0 else { return }
        if sockets[waiting.count].revents != 0 {
            var bytes = [UInt8](repeating: 0, count: 256)
            while read(wakeEnds.read, &bytes, bytes.count) == bytes.count {}
        }
        let ready = Set(waiting.indices.filter { sockets[$0].revents != 0 }.map { waiting[$0].0 })
        guard !ready.isEmpty else { return }
        let woken = state.withLock { state in
            let woken = state.waiting.filter { ready.contains($0.number) }
            state.waiting.removeAll { ready.contains($0.number) }
            return woken
        }
        for one in woken { one.continuation.resume() }
    }
}
