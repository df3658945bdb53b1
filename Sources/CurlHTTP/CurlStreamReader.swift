import HTTP

/// The reading end of a stream; when the last reference is gone, the transfer ends.
final class CurlStreamReader: Sendable {
    private let engine: CurlEngine
    private let transfer: CurlTransfer
    private let sink: CurlStreamSink

    init(engine: CurlEngine, transfer: CurlTransfer, sink: CurlStreamSink) {
        self.engine = engine
        self.transfer = transfer
        self.sink = sink
    }

    deinit { engine.cancel(transfer) }

    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try Task.checkCancellation()
            return try await sink.next { engine.resume(transfer) }
        } onCancel: {
            engine.cancel(transfer)
        }
    }
}
