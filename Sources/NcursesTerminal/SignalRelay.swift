import Glibc

/// Brings signals to the main loop through a pipe, so that a handler does nothing but write one byte.
///
/// One a process: signal handlers are.
enum SignalRelay {
    /// -1 until installed.
    nonisolated(unsafe) private(set) static var readEnd: Int32 = -1
    nonisolated(unsafe) fileprivate static var writeEnd: Int32 = -1
    nonisolated(unsafe) fileprivate static var endings: Int32 = 0

    static let ending: [Int32] = [SIGTERM, SIGHUP, SIGINT, SIGQUIT]

    static func install() {
        if readEnd < 0 {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else { return }
            for end in ends {
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
            }
            (readEnd, writeEnd) = (ends[0], ends[1])
        }
        for number in [SIGWINCH, SIGTSTP, SIGCONT] + ending { handle(number) }
        signal(SIGPIPE, SIG_IGN)  // a clipboard program that ends early must not end midwatch
    }

    static func handle(_ number: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = relay
        action.sa_flags = SA_RESTART
        sigemptyset(&action.sa_mask)
        sigaction(number, &action, nil)
    }

    /// The signals that came since the last call, oldest first.
    static func drain() -> [Int32] {
        var numbers: [Int32] = []
        var buffer = [UInt8](repeating: 0, count: 64)
        while true {
            let count = read(readEnd, &buffer, buffer.count)
            guard count > 0 else { return numbers }
            numbers += buffer[..<count].map { Int32($0) }
        }
    }
}

/// The second signal that asks to end finds a main loop that did not answer the first: the terminal is restored right here.
private func relay(_ number: Int32) {
    let saved = errno
    if number == SIGTERM || number == SIGHUP || number == SIGINT || number == SIGQUIT {
        SignalRelay.endings += 1
        if SignalRelay.endings > 1 { Rescue.restoreAndEnd(by: number) }
    }
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(SignalRelay.writeEnd, &byte, 1)
    errno = saved
}
