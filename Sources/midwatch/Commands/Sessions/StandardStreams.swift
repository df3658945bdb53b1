import Canvas
import Core
import Dispatch
import Foundation
import Synchronization

/// The program's own input and outputs, as a process in a container uses them.
///
/// Into pipes and files the bytes go as they are; on a terminal they are made safe first, because nobody knows what they are.
enum StandardStreams {
    static func streams(hasInput: Bool) -> ProcessStreams {
        let output = Output(STDOUT_FILENO)
        let errors = Output(STDERR_FILENO)
        let pull: @Sendable () async throws -> [UInt8]? = { await input() }
        return ProcessStreams(input: hasInput ? pull : nil) { bytes, isError in
            try (isError ? errors : output).write(bytes)
        }
    }

    private static let queue = DispatchQueue(label: "standard input")

    /// Reading blocks, so it has a thread of its own.
    private static func input() async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            queue.async {
                let bytes = [UInt8](unsafeUninitializedCapacity: 256 << 10) { room, count in
                    repeat {
                        count = max(-1, read(STDIN_FILENO, room.baseAddress, room.count))
                    } while count < 0
                        && errno == EINTR
                    count = max(0, count)
                }
                continuation.resume(returning: bytes.isEmpty ? nil : bytes)
            }
        }
    }

    private final class Output: Sendable {
        private let descriptor: Int32
        private let isTerminal: Bool
        /// The start of a character whose rest has not come.
        private let started = Mutex<[UInt8]>([])

        init(_ descriptor: Int32) {
            self.descriptor = descriptor
            isTerminal = isatty(descriptor) != 0
        }

        func write(_ bytes: ArraySlice<UInt8>) throws {
            guard isTerminal else { return try put(bytes) }
            let whole = started.withLock { started in
                started += bytes
                let (whole, rest) = UTF8Cut.parts(of: started)
                started = Array(rest)
                return Array(whole)
            }
            let text = DisplayText.safe(String(decoding: whole, as: UTF8.self), keeping: ["\n", "\t"])
            try put(Array(text.utf8)[...])
        }

        private func put(_ bytes: ArraySlice<UInt8>) throws {
            var rest = bytes
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno == EAGAIN {
                    var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&ready, 1, -1)
                } else if errno != EINTR {
                    throw PlainFailure(.other, "cannot write any more: \(String(cString: strerror(errno)))")
                }
            }
        }
    }
}

/// Where a text can be cut without cutting a character.
enum UTF8Cut {
    static func parts(of bytes: [UInt8]) -> (whole: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
        // A character has four bytes at most; a lead byte among the last three may be waiting for the others.
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.count - back]
            if byte & 0xC0 == 0x80 { continue }
            let needed = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return needed > back ? (bytes[..<(bytes.count - back)], bytes[(bytes.count - back)...]) : (bytes[...], [])
        }
        return (bytes[...], [])
    }
}
