import Glibc

/// A pipe that a child writes to and this process reads from without blocking.
final class ReadingPipe {
    private var readEnd: Int32 = -1
    private(set) var writeEnd: Int32 = -1

    init() throws(PluginProcess.StartFault) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw PluginProcess.StartFault(words: String(cString: strerror(errno)).lowercased())
        }
        readEnd = ends[0]
        writeEnd = ends[1]
        // Only this end: the child expects its own to block.
        _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    deinit {
        closeReadEnd()
        closeWriteEnd()
    }

    func closeWriteEnd() {
        if writeEnd >= 0 { close(writeEnd) }
        writeEnd = -1
    }

    /// What is there now, at most 2 MiB at a time; empty when there is nothing, also after the end.
    func readAvailable() -> [UInt8] {
        guard readEnd >= 0 else { return [] }
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while all.count < 2 << 20 {
            let count = read(readEnd, &chunk, chunk.count)
            if count > 0 {
                all.append(contentsOf: chunk[..<count])
            } else if count < 0, errno == EINTR {
                continue
            } else {
                if count == 0 { closeReadEnd() }
                return all
            }
        }
        return all
    }

    /// Returns when one of them has something, or when the time has passed. Those at their end no longer wake it.
    static func wait(for pipes: [ReadingPipe], milliseconds: Int32) {
        var waiting = pipes.map { pollfd(fd: $0.readEnd, events: Int16(POLLIN), revents: 0) }
        poll(&waiting, nfds_t(waiting.count), milliseconds)
    }

    private func closeReadEnd() {
        if readEnd >= 0 { close(readEnd) }
        readEnd = -1
    }
}
