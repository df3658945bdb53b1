import Glibc

/// Keeps what is written to standard error while the screen is ours, and says it after the screen is given back: a message
/// of a library or of a trap would otherwise stand in the middle of a frame and be gone with it.
///
/// Standard error that goes elsewhere than to the terminal is left alone.
enum StandardErrorKeeper {
    /// The terminal's own standard error while it is replaced; -1 otherwise.
    nonisolated(unsafe) private static var own: Int32 = -1
    nonisolated(unsafe) private static var kept: Int32 = -1
    nonisolated(unsafe) private static var buffer: UnsafeMutablePointer<UInt8>?
    private static let bufferSize = 4096

    static func begin() {
        guard own < 0, isatty(STDERR_FILENO) == 1, let file = NamelessFile.make() else { return }
        if buffer == nil { buffer = .allocate(capacity: bufferSize) }
        let saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        guard saved >= 0, dup2(file, STDERR_FILENO) >= 0 else {
            close(file)
            return
        }
        (own, kept) = (saved, file)
    }

    /// Safe in a signal handler: only dup2, lseek, read, write and close are called.
    static func end() {
        guard own >= 0 else { return }
        dup2(own, STDERR_FILENO)
        close(own)
        own = -1
        lseek(kept, 0, SEEK_SET)
        if let buffer {
            while true {
                let count = read(kept, buffer, bufferSize)
                guard count > 0, write(STDERR_FILENO, buffer, count) == count else { break }
            }
        }
        close(kept)
        kept = -1
    }
}
