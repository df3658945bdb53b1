import CCurl
import HTTP

/// One exchange under way: libcurl's callbacks write to it, the loop asks it for its time limit, a sink takes the answer.
///
/// Everything but `call` and `sink` belongs to the curl thread.
// Unchecked because the curl thread alone reads and writes the state; other threads only pass the reference along.
final class CurlTransfer: @unchecked Sendable {
    let call: CurlCall
    let sink: any CurlSink
    /// Set while libcurl has the transfer.
    var easy: CurlEasy?
    var isCancelled = false

    /// Which connection the request went out on.
    private(set) var route: CurlSockets.Route?
    /// A body that is read as it comes, over HTTP/2.
    private(set) var isMultiplexedStream = false

    private var surroundings: CurlSurroundings?
    private var parser = HTTPHeadParser()
    private var phase = Phase.connecting
    /// When the phase began, or when the last byte of the body came.
    private var phaseStart: UInt64 = 0
    private var isPaused = false
    /// Why a callback of ours broke the transfer off; goes before libcurl's own reason.
    private var refusal: HTTPError?

    private enum Phase { case connecting, waiting, reading }

    /// libcurl keeps the connect limit itself and knows better where it got stuck; ours is for a transfer that waits for
    /// another one's connection, where libcurl's does not run.
    private static let connectGrace = 0.25

    init(_ call: CurlCall, sink: any CurlSink) {
        self.call = call
        self.sink = sink
    }

    /// When the loop must end the transfer unless something happens before; nil for no limit.
    var timeLimit: UInt64? {
        let limits = call.request.limits
        switch phase {
        case .connecting: return Monotonic.after(limits.connect + Self.connectGrace, from: phaseStart)
        case .waiting: return Monotonic.after(limits.answer, from: phaseStart)
        case .reading: return isPaused ? nil : limits.idle.map { Monotonic.after($0, from: phaseStart) }
        }
    }

    /// Readies the handle; throws when the settings or the request cannot be used.
    func begin(on easy: CurlEasy, in surroundings: CurlSurroundings) throws {
        try CurlOptions(call: call).apply(to: easy)
        let me = Unmanaged.passUnretained(self).toOpaque()
        ccurl_set_writer(easy.handle, CURLOPT_HEADERFUNCTION, takeHeaderLine)
        ccurl_set_pointer(easy.handle, CURLOPT_HEADERDATA, me)
        ccurl_set_writer(easy.handle, CURLOPT_WRITEFUNCTION, takeBody)
        ccurl_set_pointer(easy.handle, CURLOPT_WRITEDATA, me)
        ccurl_set_before_request(easy.handle, beforeRequest)
        ccurl_set_pointer(easy.handle, CURLOPT_PREREQDATA, me)
        self.easy = easy
        self.surroundings = surroundings
        surroundings.sockets.watch(easy)
        enter(.connecting)
    }

    func resume() {
        guard let easy, isPaused else { return }
        isPaused = false
        enter(.reading)
        // Hands over what libcurl kept, which may pause it again.
        curl_easy_pause(easy.handle, CURLPAUSE_CONT)
    }

    /// The connection is about to be cut because nobody answers at the other end.
    func peerIsDead() {
        refusal = HTTPError(
            .timedOut(phase: "keep-alive"), target: call.address.origin, detail: "the peer does not answer any more")
    }

    func finish(_ outcome: Result<Void, any Error>) { sink.end(outcome) }

    func error(for code: CURLcode) -> any Error {
        if let refusal { return refusal }
        guard let easy else { return CancellationError() }
        return CurlFailure(code: code, easy: easy, call: call).error
    }

    func timeLimitError() -> HTTPError {
        let limits = call.request.limits
        switch phase {
        case .connecting:
            return HTTPError(
                .timedOut(phase: easy.map(CurlFailure.connectPhase) ?? "connect"), target: call.address.origin,
                detail: "no connection within \(Self.seconds(limits.connect))")
        case .waiting:
            return HTTPError(
                .timedOut(phase: "answer"), target: call.address.origin,
                detail: "no answer within \(Self.seconds(limits.answer))")
        case .reading:
            return HTTPError(
                .timedOut(phase: "body"), target: call.address.origin,
                detail: "nothing came for \(Self.seconds(limits.idle ?? 0))")
        }
    }

    private func enter(_ phase: Phase) {
        self.phase = phase
        phaseStart = Monotonic.now()
        surroundings?.alarm.set(timeLimit)
    }

    /// "30 s", "0.5 s".
    private static func seconds(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
    }
}

/// What libcurl's callbacks do.
extension CurlTransfer {
    /// A second call means that libcurl repeats the request because a kept connection turned out to be dead. What may have
    /// changed something on the server already is not sent twice.
    fileprivate func requestBegins(_ route: CurlSockets.Route) -> Bool {
        self.route = route
        let method = call.request.method
        if phase != .connecting, method != .get, method != .head {
            refusal = HTTPError(
                .reset, target: call.address.origin, detail: "the connection closed before an answer came")
            return false
        }
        enter(.waiting)
        return true
    }

    fileprivate func headerLine(_ bytes: UnsafeRawBufferPointer) -> Int {
        switch parser.take(bytes) {
        case .more: return bytes.count
        case .tooLong:
            refusal = HTTPError(
                .protocolViolation, target: call.address.origin, detail: "the response head is too long")
        case .head(let head):
            enter(.reading)
            if head.version.hasPrefix("2"), let route { noteMultiplexed(on: route) }
            sink.begin(head)
            return bytes.count
        }
        return 0
    }

    private func noteMultiplexed(on route: CurlSockets.Route) {
        surroundings?.sockets.noteMultiplexed(route)
        isMultiplexedStream = sink is CurlStreamSink
        if isMultiplexedStream { surroundings?.heartbeat.streamBegan() }
    }

    fileprivate func body(_ bytes: UnsafeRawBufferPointer) -> Int {
        phaseStart = Monotonic.now()
        switch sink.write(bytes) {
        case .taken: return bytes.count
        case .full:
            isPaused = true
            return Int(CURL_WRITEFUNC_PAUSE)
        case .refused(let reason, let detail):
            refusal = HTTPError(reason, target: call.address.origin, detail: detail)
            return 0
        }
    }
}

private func transfer(_ pointer: UnsafeMutableRawPointer?) -> CurlTransfer {
    Unmanaged<CurlTransfer>.fromOpaque(pointer!).takeUnretainedValue()
}

private let takeHeaderLine: curl_write_callback = { bytes, size, count, pointer in
    transfer(pointer).headerLine(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let takeBody: curl_write_callback = { bytes, size, count, pointer in
    transfer(pointer).body(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let beforeRequest: curl_prereq_callback = { pointer, _, _, remotePort, localPort in
    let route = CurlSockets.Route(local: Int(localPort), remote: Int(remotePort))
    return transfer(pointer).requestBegins(route) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
