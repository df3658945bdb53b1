import Synchronization

/// What a container's shells started with `&`; it ends with the container at the latest.
final class BackgroundJobs: Sendable {
    private struct State {
        var tasks: [Int: Task<Void, Never>] = [:]
        var next = 60
    }

    /// So many run at once; one more replaces the oldest.
    private static let limit = 64

    private let state = Mutex(State())

    deinit { end() }

    /// Starts a job and gives its number.
    func start(_ body: @escaping @Sendable () async -> Void) -> Int {
        let (number, displaced) = state.withLock { state -> (Int, Task<Void, Never>?) in
            state.next += 1
            let number = state.next
            state.tasks[number] = Task { [weak self] in
                await body()
                self?.forget(number)
            }
            guard state.tasks.count > Self.limit, let oldest = state.tasks.keys.min() else { return (number, nil) }
            return (number, state.tasks.removeValue(forKey: oldest))
        }
        displaced?.cancel()
        return number
    }

    /// Returns when the job is over; at once where there is none of that number.
    func wait(for number: Int) async {
        guard let task = state.withLock({ $0.tasks[number] }) else { return }
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Whether there was a job of that number to end.
    func cancel(_ number: Int) -> Bool {
        guard let task = state.withLock({ $0.tasks[number] }) else { return false }
        task.cancel()
        return true
    }

    func end() {
        let tasks = state.withLock { state in
            defer { state.tasks = [:] }
            return Array(state.tasks.values)
        }
        for task in tasks { task.cancel() }
    }

    private func forget(_ number: Int) { state.withLock { $0.tasks[number] = nil } }
}
