/// A SPDY/3.1 connection that HTTP was left for, as clients ask for it that do not know of WebSockets: bytes in, a bounded queue
/// of bytes out.
struct SPDYTransport: Sendable {
    let connection: UpgradedConnection

    /// How long the client may take to close its side.
    private static let patience: Duration = .seconds(5)

    /// Runs the body with the client's bytes and a way to send; what is left to send is sent before this returns.
    func run(
        _ body: @escaping @Sendable (any ByteSource, @escaping @Sendable ([UInt8]) async throws -> Void) async -> Void
    ) async {
        let outgoing = BytePipe(capacity: 1 << 18)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A client that is gone breaks the pipe, which tells those who write.
                while let bytes = try? await outgoing.read() {
                    guard (try? await connection.write(bytes)) != nil else { break }
                }
                outgoing.breakOff()
                connection.finishWriting()
            }
            await body(self) { try await outgoing.write($0) }
            outgoing.finish()
        }
        await withTaskGroup(of: Void.self) { group in
            // What the client still sends is read, lest the connection is reset under what it has not read.
            group.addTask { while let bytes = try? await connection.read(), !bytes.isEmpty {} }
            group.addTask { try? await Task.sleep(for: Self.patience) }  // Cancelled when the client was faster.
            await group.next()
            group.cancelAll()
        }
    }
}

extension SPDYTransport: ByteSource {
    func read(atMost limit: Int) async throws -> [UInt8]? { try await connection.read() }
}
