import Foundation

/// A pipe that feeds on any thread make readable and the main loop polls; at most a few bytes wait in it.
final class WakeDescriptor: Sendable {
    /// The end to poll.
    let number: Int32
    private let entrance: Int32

    init() {
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0, "no pipe to be had: \(String(cString: strerror(errno)))")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (number, entrance) = (ends[0], ends[1])
    }

    deinit {
        close(number)
        close(entrance)
    }

    func wake() {
        var byte: UInt8 = 0
        // A full pipe means that the reader has not come round yet: it is awake already.
        _ = write(entrance, &byte, 1)
    }

    func silence() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while read(number, &bytes, bytes.count) == bytes.count {}
    }
}
