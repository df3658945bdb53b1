import Glibc
import Synchronization

/// One accepted connection of a `RawServer`; every call blocks its script's thread.
final class RawConnection: Sendable {
    private let socket: Int32
    private let isClosed = Mutex(false)
    private let received = Mutex("")

    init(_ socket: Int32) { self.socket = socket }

    /// Everything that came so far, as text.
    var text: String { received.withLock { $0 } }

    /// Reads up to the end of a request head and returns it; empty when the peer left.
    @discardableResult
    func readHead() -> String {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(socket, &byte, 1, 0) == 1 else { return "" }
            head.append(byte)
        }
        let text = String(decoding: head, as: UTF8.self)
        received.withLock { $0 += text }
        return text
    }

    /// Reads this many bytes, or fewer when the peer leaves.
    @discardableResult
    func read(_ count: Int, keepsText: Bool = true) -> [UInt8] {
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = recv(socket, &bytes, count, Int32(MSG_WAITALL))
        let taken = Array(bytes.prefix(max(0, got)))
        if keepsText { received.withLock { $0 += String(decoding: taken, as: UTF8.self) } }
        return taken
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    /// Sends until the peer's side has taken nothing for 300 ms; returns how many bytes went out.
    func sendUntilBlocked(most: Int) -> Int {
        let chunk = [UInt8](repeating: 0x61, count: 1 << 16)
        var sent = 0
        while sent < most {
            var writable = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
            guard poll(&writable, 1, 300) == 1 else { break }
            let went = Glibc.send(
                socket, chunk, min(chunk.count, most - sent), Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            guard went > 0 else { break }
            sent += went
        }
        return sent
    }

    /// Returns when the peer has closed the connection, or the server is stopped.
    func waitForClose() {
        var byte: UInt8 = 0
        while recv(socket, &byte, 1, 0) == 1 {}
    }

    /// Answers the next request with 200 and this body, keeping the connection.
    func answer(_ body: String = "ok", status: String = "200 OK", headers: String = "") {
        guard !readHead().isEmpty else { return }
        send("HTTP/1.1 \(status)\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// Closes with a reset instead of an orderly end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close(orderly: false)
    }

    func close() { close(orderly: true) }

    private func close(orderly: Bool) {
        let isFirst = isClosed.withLock { closed in
            defer { closed = true }
            return !closed
        }
        guard isFirst else { return }
        if orderly { shutdown(socket, Int32(SHUT_RDWR)) }
        Glibc.close(socket)
    }
}
