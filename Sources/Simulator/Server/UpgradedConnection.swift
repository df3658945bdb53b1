import FlyingSocks
import Foundation
import Glibc
import Synchronization

/// A connection that left HTTP: the bytes themselves, both ways, for the protocol that was switched to.
///
/// FlyingFox keeps the connection open and writes nothing more to it; this holds a second descriptor of the same socket.
/// `write` returns when the system took everything, so that a client that stops reading stops its writer.
final class UpgradedConnection: Sendable {
    private let socket: Socket
    private let pool: any AsyncSocketPool
    private let fault: Mutex<Fault?>

    /// Reads take up to so many bytes at once.
    private static let readSize = 1 << 16
    /// `POLLRDHUP`, which Glibc shows to GNU sources only.
    private static let peerClosed: Int16 = 0x2000

    /// - Parameter peerPort: the client's port, which tells this connection from all others.
    init(peerPort: UInt16, pool: any AsyncSocketPool, fault: Fault? = nil) throws {
        guard let descriptor = Self.duplicate(ofPeer: peerPort) else { throw SocketError.disconnected }
        socket = Socket(file: Socket.FileDescriptor(rawValue: descriptor))
        self.pool = pool
        self.fault = Mutex(fault)
    }

    deinit {
        // A descriptor that cannot be closed is closed already.
        try? socket.close()
    }

    /// The next bytes, as many as are there; nil when the client sends no more.
    func read() async throws -> [UInt8]? {
        while true {
            try Task.checkCancellation()
            do {
                return try socket.read(atMost: Self.readSize)
            } catch SocketError.blocked {
                try await pool.suspendSocket(socket, untilReadyFor: .read)
            } catch SocketError.disconnected {
                return nil
            }
        }
    }

    /// Sends all of it.
    func write(_ bytes: [UInt8]) async throws {
        if case .delay(let seconds) = fault.withLock({ $0 }) { try await Task.sleep(for: .seconds(seconds)) }
        guard let bytes = allowed(bytes) else { return }
        var sent = 0
        while sent < bytes.count {
            try Task.checkCancellation()
            let count = bytes.withUnsafeBytes { buffer in
                send(socket.file.rawValue, buffer.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
            } else if errno == EWOULDBLOCK || errno == EINTR {
                try await pool.suspendSocket(socket, untilReadyFor: .write)
            } else {
                throw SocketError.disconnected
            }
        }
        if isCut { throw SocketError.disconnected }
    }

    /// Whether the client has closed its side, also while bytes of it wait to be read.
    var isHungUp: Bool {
        var request = pollfd(fd: socket.file.rawValue, events: Self.peerClosed, revents: 0)
        return poll(&request, 1, 0) > 0 && request.revents & (Self.peerClosed | Int16(POLLHUP | POLLERR)) != 0
    }

    /// Tells the client that nothing more comes, while what it still sends can be read.
    func finishWriting() {
        Glibc.shutdown(socket.file.rawValue, Int32(SHUT_WR))
    }

    /// Ends the connection for both sides at once.
    func cut() {
        Glibc.shutdown(socket.file.rawValue, Int32(SHUT_RDWR))
    }
}

extension UpgradedConnection {
    private var isCut: Bool {
        guard fault.withLock({ $0 == .cut(afterBytes: 0) }) else { return false }
        cut()
        return true
    }

    /// What of the bytes a fault lets through; nil where it swallows them.
    private func allowed(_ bytes: [UInt8]) -> [UInt8]? {
        fault.withLock { fault in
            switch fault {
            case .cut(let left):
                fault = .cut(afterBytes: max(0, left - bytes.count))
                return Array(bytes.prefix(left))
            case .halfOpen: return nil
            default: return bytes
            }
        }
    }

    /// A descriptor of one's own for the accepted connection whose other end is this port.
    ///
    /// FlyingFox does not say which descriptor a request came by, so the process's own are looked through; a connection
    /// is known by its peer, and is looked at again after it was duplicated lest it was closed in between.
    private static func duplicate(ofPeer port: UInt16) -> Int32? {
        guard let folder = opendir("/proc/self/fd") else { return nil }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let descriptor = Int32(name), peerPort(of: descriptor) == port else { continue }
            let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
            if copy >= 0, peerPort(of: copy) == port { return copy }
            if copy >= 0 { close(copy) }
        }
        return nil
    }

    private static func peerPort(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getpeername(descriptor, $0, &length) }
        }
        guard status == 0, address.sin_family == AF_INET else { return nil }
        return UInt16(bigEndian: address.sin_port)
    }
}
