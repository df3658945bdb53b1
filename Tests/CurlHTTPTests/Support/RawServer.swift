import Glibc
import Synchronization

/// A server on loopback that says exactly the bytes that a test scripts, one script for each connection in turn.
///
/// The last script serves all further connections. Everything ends with the server.
final class RawServer: @unchecked Sendable {
    typealias Script = @Sendable (RawConnection) -> Void

    let port: Int
    private let listener: Int32
    private let scripts: [Script]
    private let open = Mutex<[RawConnection]>([])

    var origin: String { "http://127.0.0.1:\(port)" }
    /// How many connections have come.
    var connections: Int { open.withLock { $0.count } }

    init(_ scripts: Script...) {
        self.scripts = scripts
        (listener, port) = Loopback.listen()
        Loopback.thread { [self] in acceptAll() }
    }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        for connection in open.withLock({ $0 }) { connection.close() }
    }

    private func acceptAll() {
        while true {
            let socket = accept(listener, nil, nil)
            guard socket >= 0 else { break }
            let connection = RawConnection(socket)
            let index = open.withLock { open in
                open.append(connection)
                return open.count - 1
            }
            let script = scripts[min(index, scripts.count - 1)]
            Loopback.thread {
                script(connection)
                connection.close()
            }
        }
        Glibc.close(listener)
    }
}

/// Sockets and threads for servers in tests.
enum Loopback {
    /// A listening socket on a free port.
    static func listen() -> (socket: Int32, port: Int) {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            precondition(bind(listener, pointer, size) == 0 && Glibc.listen(listener, 64) == 0)
            getsockname(listener, pointer, &size)
        }
        return (listener, Int(UInt16(bigEndian: address.sin_port)))
    }

    /// A port that nothing listens on.
    static func closedPort() -> Int {
        let (socket, port) = listen()
        close(socket)
        return port
    }

    static func thread(_ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { pointer in
                Unmanaged<ThreadBody>.fromOpaque(pointer!).takeRetainedValue().run()
                return nil
            }, box)
        pthread_detach(thread)
    }
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
