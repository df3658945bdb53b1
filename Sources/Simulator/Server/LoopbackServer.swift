import FlyingFox
import FlyingSocks
import Foundation
import Synchronization

/// One simulated server: an HTTP/1.1 listener on 127.0.0.1 that hands each request to its handler, through the faults
/// a test or a scenario may have set.
final class LoopbackServer: Sendable {
    typealias Handler = @Sendable (SimRequest) async -> SimResponse

    /// What goes wrong on purpose.
    let faults = FaultBox()
    private let server: HTTPServer
    private let running = Mutex<Task<Void, Never>?>(nil)

    /// `port` 0 takes any free one.
    init(port: UInt16, handler: @escaping Handler) throws {
        let faults = faults
        var configuration = HTTPServer.Configuration(
            address: try sockaddr_in.inet(ip4: "127.0.0.1", port: port), logger: .disabled)
        configuration.timeout = 7 * 86_400  // A fault may hold an answer back for as long as a test likes.
        configuration.sharedRequestBufferSize = 1 << 16
        let pool = configuration.pool
        server = HTTPServer(
            config: configuration,
            handler: ClosureHTTPHandler { original in
                let request = try await SimRequest(original)
                let response = try await faults.answer(request, by: handler)
                return try await response.flyingFoxResponse(to: original, pool: pool)
            })
    }

    /// Starts to listen and gives the address.
    func start() async throws -> URL {
        FileDescriptorLimit.raise()
        let server = server
        let task = Task {
            // The server ends by being stopped; a failure to listen shows in waitUntilListening below.
            _ = try? await server.run()
        }
        running.withLock { $0 = task }
        try await server.waitUntilListening(timeout: 10)
        guard case .ip4(_, let port)? = await server.listeningAddress, let url = URL(string: "http://127.0.0.1:\(port)")
        else { throw LoopbackServerError.notListening }
        sendAtOnce(port)
        return url
    }

    /// Head and body of an answer are two writes, and the second one would wait for the client's word on the first (40 ms), as
    /// no real server has it. Accepted sockets take the option over from their listener, which FlyingFox keeps to itself.
    private func sendAtOnce(_ port: UInt16) {
        // Without this list everything works, only later.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in names.compactMap({ Int32($0) }) where Self.port(of: descriptor) == port {
            var yes: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    /// Of a socket that belongs to this server, listening or accepted; nil for every other descriptor.
    private static func port(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed = withUnsafeMutableBytes(of: &address) {
            getsockname(descriptor, $0.baseAddress!.assumingMemoryBound(to: sockaddr.self), &size) != 0
        }
        return failed || address.sin_family != sa_family_t(AF_INET) ? nil : UInt16(bigEndian: address.sin_port)
    }

    /// Closes the listener and every connection, streams included.
    func stop() async {
        await server.stop(timeout: 0)
        let task = running.withLock { task in
            defer { task = nil }
            return task
        }
        task?.cancel()
        await task?.value
    }
}

/// Why a simulated server does not serve.
enum LoopbackServerError: Error, CustomStringConvertible {
    case notListening

    var description: String { "cannot start the simulated server: it does not listen on 127.0.0.1; is the port free?" }
}
