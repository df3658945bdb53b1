import Synchronization

/// Where a program reads from.
protocol ByteSource: Sendable {
    /// The next bytes, at most so many; nil at the end.
    func read(atMost limit: Int) async throws -> [UInt8]?
}

/// Where a program writes to.
protocol ByteSink: Sendable {
    /// Returns when there is room again; throws `PipeError.broken` when nobody reads any more.
    func write(_ bytes: [UInt8]) async throws
}

/// Nobody reads what is written.
enum PipeError: Error { case broken }

/// A bounded queue of bytes between tasks: who writes faster than the other reads waits.
///
/// It holds `capacity` bytes and one chunk more at most. Several may write, each chunk stays whole; one reads.
final class BytePipe: ByteSource, ByteSink {
    private struct State {
        var chunks: [ArraySlice<UInt8>] = []
        var first = 0
        var count = 0
        var isEnded = false
        var isBroken = false
        var reader: Waiter?
        var writers: [Waiter] = []
        var nextWaiter = 0
    }

    private struct Waiter {
        var number: Int
        var continuation: CheckedContinuation<Void, any Error>
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int = 1 << 16) { self.capacity = capacity }

    func write(_ bytes: [UInt8]) async throws {
        guard !bytes.isEmpty else { return }
        while true {
            try Task.checkCancellation()
            let (isTaken, reader) = try state.withLock { state -> (Bool, Waiter?) in
                if state.isBroken || state.isEnded { throw PipeError.broken }
                guard state.count < capacity else { return (false, nil) }
                state.chunks.append(bytes[...])
                state.count += bytes.count
                defer { state.reader = nil }
                return (true, state.reader)
            }
            reader?.continuation.resume()
            if isTaken { return }
            try await wait { state, waiter in
                guard state.count >= self.capacity, !state.isBroken, !state.isEnded else { return false }
                state.writers.append(waiter)
                return true
            }
        }
    }

    func read(atMost limit: Int = .max) async throws -> [UInt8]? {
        while true {
            try Task.checkCancellation()
            let (chunk, isEnded, writers) = state.withLock { state -> ([UInt8]?, Bool, [Waiter]) in
                guard let chunk = Self.take(limit, from: &state) else {
                    return (nil, state.isEnded || state.isBroken, [])
                }
                guard state.count < capacity else { return (chunk, false, []) }
                defer { state.writers = [] }
                return (chunk, false, state.writers)
            }
            for writer in writers { writer.continuation.resume() }
            if let chunk { return chunk }
            if isEnded { return nil }
            try await wait { state, waiter in
                guard state.first == state.chunks.count, !state.isEnded, !state.isBroken else { return false }
                state.reader = waiter
                return true
            }
        }
    }

    /// Gives bytes back that were read too early, whatever the capacity.
    func unread(_ bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty else { return }
        let reader = state.withLock { state in
            state.chunks.insert(ArraySlice(bytes), at: state.first)
            state.count += bytes.count
            defer { state.reader = nil }
            return state.reader
        }
        reader?.continuation.resume()
    }

    /// Lets the reader get an empty chunk at this place, whatever the capacity.
    func mark() {
        let reader = state.withLock { state in
            state.chunks.append([])
            defer { state.reader = nil }
            return state.reader
        }
        reader?.continuation.resume()
    }

    /// Forgets what waits to be read.
    func clear() {
        let writers = state.withLock { state in
            (state.chunks, state.first, state.count) = ([], 0, 0)
            defer { state.writers = [] }
            return state.writers
        }
        for writer in writers { writer.continuation.resume() }
    }

    /// Nothing more comes: the reader gets what is there and then the end.
    func finish() { close { $0.isEnded = true } }

    /// Whether nothing more can be written.
    var isFinished: Bool { state.withLock { $0.isEnded || $0.isBroken } }

    /// Nobody reads any more: what is there is forgotten and writers get an error.
    func breakOff() {
        close {
            $0.isBroken = true
            ($0.chunks, $0.first, $0.count) = ([], 0, 0)
        }
    }

    private func close(_ change: (inout State) -> Void) {
        let waiters = state.withLock { state -> [Waiter] in
            change(&state)
            defer { (state.reader, state.writers) = (nil, []) }
            return state.writers + (state.reader.map { [$0] } ?? [])
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    private static func take(_ limit: Int, from state: inout State) -> [UInt8]? {
        guard state.first < state.chunks.count else { return nil }
        let chunk = state.chunks[state.first]
        if chunk.count > limit {
            state.chunks[state.first] = chunk.dropFirst(limit)
            state.count -= limit
            return Array(chunk.prefix(limit))
        }
        state.first += 1
        state.count -= chunk.count
        if state.first == state.chunks.count {
            state.chunks.removeAll(keepingCapacity: true)
            state.first = 0
        } else if state.first > 64 {
            state.chunks.removeFirst(state.first)
            state.first = 0
        }
        return Array(chunk)
    }

    /// Suspends until the other side moves, unless `enter` finds that it has moved already.
    private func wait(_ enter: @escaping @Sendable (inout State, Waiter) -> Bool) async throws {
        let number = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isWaiting = state.withLock { enter(&$0, Waiter(number: number, continuation: continuation)) }
                // A cancellation that came before the entry found nobody to wake.
                if !isWaiting { continuation.resume() } else if Task.isCancelled { cancel(number) }
            }
        } onCancel: {
            cancel(number)
        }
    }

    private func cancel(_ number: Int) {
        let waiter = state.withLock { state -> Waiter? in
            if let reader = state.reader, reader.number == number {
                state.reader = nil
                return reader
            }
            guard let index = state.writers.firstIndex(where: { $0.number == number }) else { return nil }
            return state.writers.remove(at: index)
        }
        waiter?.continuation.resume(throwing: CancellationError())
    }
}
