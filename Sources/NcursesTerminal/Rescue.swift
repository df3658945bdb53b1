import Glibc

/// Restores the terminal when the process ends in a way that no code can catch: a trap, a crash, `exit` from elsewhere.
///
/// Everything a handler needs is prepared beforehand; inside it only functions that are safe in signal handlers are called
/// (write, tcsetattr, sigaction, raise).
enum Rescue {
    nonisolated(unsafe) fileprivate static var bytes: UnsafeMutablePointer<UInt8>?
    nonisolated(unsafe) fileprivate static var count = 0
    nonisolated(unsafe) fileprivate static var modes: UnsafeMutablePointer<termios>?
    /// Whether the screen is ours at the moment; nothing is written when it is not.
    nonisolated(unsafe) static var isArmed = false
    nonisolated(unsafe) fileprivate static var former: UnsafeMutablePointer<sigaction>?

    private static let fatal: [Int32] = [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE]

    /// Call before the terminal's modes change. `sequence` is what gives the screen back.
    static func prepare(sequence: [UInt8]) {
        if let bytes { bytes.deallocate() }
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, sequence.count))
        copy.initialize(from: sequence, count: sequence.count)
        (bytes, count) = (copy, sequence.count)
        guard modes == nil else { return }
        modes = .allocate(capacity: 1)
        modes?.initialize(to: termios())
        if let modes { tcgetattr(STDIN_FILENO, modes) }
        former = .allocate(capacity: 65)
        former?.initialize(repeating: sigaction(), count: 65)
        for number in fatal { install(number) }
        atexit { Rescue.restore() }
    }

    private static func install(_ number: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = endByFatalSignal
        action.sa_flags = Int32(bitPattern: UInt32(SA_ONSTACK))
        sigemptyset(&action.sa_mask)
        if let former { sigaction(number, &action, former + Int(number)) }
    }

    /// Safe in a signal handler.
    static func restore() {
        guard isArmed else { return }
        isArmed = false
        if let bytes { _ = write(STDOUT_FILENO, bytes, count) }
        if let modes { tcsetattr(STDIN_FILENO, TCSANOW, modes) }
        StandardErrorKeeper.end()
    }

    /// Safe in a signal handler.
    static func restoreAndEnd(by number: Int32) {
        restore()
        var action = sigaction()
        action.__sigaction_handler.sa_handler = nil  // SIG_DFL
        sigaction(number, &action, nil)
        raise(number)
    }
}

/// Whoever handled the signal before (Swift's own backtraces among them) does so after the screen is back.
private func endByFatalSignal(_ number: Int32) {
    Rescue.restore()
    if let former = Rescue.former { sigaction(number, former + Int(number), nil) }
    raise(number)
}
