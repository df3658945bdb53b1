import CCurl
import Glibc

/// The sockets that libcurl has open, and which of them carries a given exchange.
///
/// libcurl tells the socket of an exchange only after its end; the ports at both ends, known from its start, lead to it.
final class CurlSockets {
    /// The ports of a connection, here and there.
    struct Route: Hashable {
        var local: Int
        var remote: Int
    }

    private var open: Set<Int32> = []
    /// Those that turned out to speak HTTP/2.
    private var multiplexed: Set<Int32> = []

    func watch(_ easy: CurlEasy) {
        let me = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_socket_options(easy.handle, socketOpened)
        ccurl_set_pointer(easy.handle, CURLOPT_SOCKOPTDATA, me)
        ccurl_set_close_socket(easy.handle, socketClosed)
        ccurl_set_pointer(easy.handle, CURLOPT_CLOSESOCKETDATA, me)
    }

    func socket(for route: Route) -> Int32? {
        open.first { Self.port(getsockname, $0) == route.local && Self.port(getpeername, $0) == route.remote }
    }

    func noteMultiplexed(_ route: Route) {
        if let socket = socket(for: route) { multiplexed.insert(socket) }
    }

    func isMultiplexed(_ route: Route) -> Bool { socket(for: route).map(multiplexed.contains) ?? false }

    /// Nanoseconds since the peer last sent anything, be it for another exchange on the same connection.
    func quiet(_ socket: Int32) -> UInt64 {
        var info = tcp_info()
        var size = socklen_t(MemoryLayout<tcp_info>.size)
        guard getsockopt(socket, Int32(IPPROTO_TCP), TCP_INFO, &info, &size) == 0 else { return 0 }
        return UInt64(info.tcpi_last_data_recv) * 1_000_000
    }

    /// For a connection on which the peer may rightly take nothing for long: the limit on unacknowledged data counts that
    /// as death, although the peer's kernel answers.
    static func allowFullPeers(_ socket: Int32) {
        var none: Int32 = 0
        setsockopt(
            socket, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, &none, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Whether what was sent has been asked after again and again and the peer's kernel did not answer once: about 13 s.
    static func isUnanswered(_ socket: Int32) -> Bool {
        var info = tcp_info()
        var size = socklen_t(MemoryLayout<tcp_info>.size)
        guard getsockopt(socket, Int32(IPPROTO_TCP), TCP_INFO, &info, &size) == 0 else { return true }
        return info.tcpi_retransmits >= 6 || info.tcpi_probes >= 6
    }

    /// Cuts the connection under libcurl, which then ends every exchange on it.
    func cut(_ socket: Int32) { shutdown(socket, Int32(SHUT_RDWR)) }

    fileprivate func add(_ socket: Int32) {
        open.insert(socket)
        noticeDeadPeers(socket)
    }

    fileprivate func remove(_ socket: Int32) {
        open.remove(socket)
        multiplexed.remove(socket)
    }

    /// A peer that is gone (cut cable, sleeping machine, vanished VPN) is noticed within 5 + 3 × 3 = 14 seconds: when
    /// nothing moves, by the kernel's probes; when something was sent, by the limit on unacknowledged data. That also covers
    /// streams that are quiet for hours, over HTTP/1.1 and HTTP/2 alike, and costs nothing while bytes flow. What it cannot
    /// see is a dead server behind a living proxy or balancer: `CurlHeartbeat`.
    private func noticeDeadPeers(_ socket: Int32) {
        let tcp = Int32(IPPROTO_TCP)
        let options = [
            (SOL_SOCKET, SO_KEEPALIVE, 1), (tcp, TCP_KEEPIDLE, 5), (tcp, TCP_KEEPINTVL, 3), (tcp, TCP_KEEPCNT, 3),
            (tcp, TCP_USER_TIMEOUT, 14_000),
        ]
        for (level, option, value) in options {
            var value = Int32(value)
            setsockopt(socket, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    private typealias Ask = (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32

    private static func port(_ ask: Ask, _ socket: Int32) -> Int? {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let failed = withUnsafeMutableBytes(of: &address) { bytes in
            ask(socket, bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self), &size) != 0
        }
        guard !failed else { return nil }
        // IPv4 and IPv6 addresses have the port in the same place.
        return withUnsafeBytes(of: address) { Int($0[2]) << 8 | Int($0[3]) }
    }
}

private func sockets(_ pointer: UnsafeMutableRawPointer?) -> CurlSockets {
    Unmanaged<CurlSockets>.fromOpaque(pointer!).takeUnretainedValue()
}

private let socketOpened: curl_sockopt_callback = { pointer, socket, _ in
    sockets(pointer).add(socket)
    return Int32(CURL_SOCKOPT_OK)
}

private let socketClosed: curl_closesocket_callback = { pointer, socket in
    sockets(pointer).remove(socket)
    return close(socket)
}
