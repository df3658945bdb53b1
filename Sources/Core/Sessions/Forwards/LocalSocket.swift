import Foundation
import Synchronization

/// One connection that a program of this machine made to a forwarded port; never blocks a thread.
final class LocalSocket: Sendable {
    private let descriptor: Int32
    private static let piece = 64 << 10

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// What came next; nil when the program says no more.
    func read() async throws -> [UInt8]? {
        while true {
            var failure: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: Self.piece) { room, count in
                let got = recv(descriptor, room.baseAddress, room.count, 0)
                failure = got < 0 ? errno : 0
                count = max(0, got)
            }
            if failure == 0 { return bytes.isEmpty ? nil : bytes }
            guard failure == EAGAIN || failure == EINTR else { throw LocalSocketError(failure) }
            if failure == EAGAIN { try await SocketWatch.shared.wait(for: POLLIN, on: descriptor) }
        }
    }

    func write(_ bytes: ArraySlice<UInt8>) async throws {
        var sent = 0
        while sent < bytes.count {
            let went = bytes.withUnsafeBytes {
                send(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            if went >= 0 {
                sent += went
            } else if errno == EAGAIN {
                try await SocketWatch.shared.wait(for: POLLOUT, on: descriptor)
            } else if errno != EINTR {
                throw LocalSocketError(errno)
            }
        }
    }

    /// Says that no more comes; what the program still sends can be read.
    func endWriting() { shutdown(descriptor, Int32(SHUT_WR)) }
}

/// The program of this machine went away.
struct LocalSocketError: Error {
    var code: Int32
    init(_ code: Int32) { self.code = code }
}
