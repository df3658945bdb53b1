import Foundation
import Synchronization

/// What a program prints, read all the time so that it never blocks on a full pipe; tests wait for words in it.
final class ProgramLog: Sendable {
    fileprivate struct State {
        var text = ""
        var waiters: [(text: String, times: Int, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// Before the program runs.
    init(of process: Process) {
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        let descriptor = dup(pipe.fileHandleForReading.fileDescriptor)
        Loopback.thread { [self] in read(descriptor) }
    }

    var text: String { state.withLock { $0.text } }

    /// Returns when `text` was printed so many times in all, or the program has ended.
    func wait(for text: String, times: Int = 1) async {
        await withCheckedContinuation { continuation in
            state.withLock { $0.waiters.append((text, times, continuation)) }
            wakeSatisfied()
        }
    }

    private func read(_ descriptor: Int32) {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            guard count > 0 else { break }
            let text = String(decoding: buffer[..<count], as: UTF8.self)
            state.withLock { $0.text += text }
            wakeSatisfied()
        }
        close(descriptor)
        for waiter in state.withLock({ $0.takeWaiters { _, _ in true } }) { waiter.resume() }
    }

    private func wakeSatisfied() {
        let woken = state.withLock { state in
            let text = state.text
            return state.takeWaiters { text.components(separatedBy: $0).count > $1 }
        }
        for waiter in woken { waiter.resume() }
    }
}

extension ProgramLog.State {
    fileprivate mutating func takeWaiters(
        where isSatisfied: (String, Int) -> Bool
    ) -> [CheckedContinuation<Void, Never>] {
        let taken = waiters.filter { isSatisfied($0.text, $0.times) }
        waiters.removeAll { isSatisfied($0.text, $0.times) }
        return taken.map(\.continuation)
    }
}
