import HTTP

/// Finds dead servers behind living proxies and balancers, where the kernel's probes are answered by the one in between.
///
/// When the peer of an HTTP/2 connection with streams on it has been quiet for a while, it sends `OPTIONS *`, which RFC 9110
/// §9.3.7 names as HTTP's ping, and cuts the connection when nothing at all comes back. (An HTTP/2 PING would be better, but
/// libcurl 7.88 sends one from `curl_easy_upkeep` only, which ignores multi handles, and never looks for the answer.)
/// HTTP/1.1 has no such means: there a stream holds its connection alone.
final class CurlHeartbeat {
    private struct Patient {
        var pulse = CurlPulse()
        var question: CurlTransfer?
    }

    let alarm = CurlAlarm()
    private let sockets: CurlSockets
    private let limits: CurlPulse.Limits
    private var patients: [Int32: Patient] = [:]
    private var nudges: [CurlSockets.Route: CurlCall] = [:]

    init(sockets: CurlSockets, limits: CurlPulse.Limits) {
        self.sockets = sockets
        self.limits = limits
    }

    /// A stream has begun to be read.
    func streamBegan() { alarm.set(Monotonic.now() + limits.quiet) }

    /// Looks at every connection with streams; returns the questions that must be sent.
    func beat(_ transfers: some Collection<CurlTransfer>, now: UInt64) -> [CurlTransfer] {
        guard alarm.isDue(at: now) else { return [] }
        var streams: [Int32: [CurlTransfer]] = [:]
        for transfer in transfers where transfer.isMultiplexedStream {
            guard let route = transfer.route, let socket = sockets.socket(for: route) else { continue }
            streams[socket, default: []].append(transfer)
        }
        patients = patients.filter { streams[$0.key] != nil }
        return streams.compactMap { look(at: $0.key, carrying: $0.value, now: now) }
    }

    /// An exchange was given up. libcurl 7.88 queues the RST_STREAM but sends it with the connection's next request only, and
    /// until then the server goes on with what nobody wants: a question is such a request.
    func gaveUp(_ transfer: CurlTransfer) {
        guard let route = transfer.route, !transfer.call.isPing, sockets.isMultiplexed(route) else { return }
        nudges[route] = transfer.call
    }

    /// The questions that must be sent after exchanges were given up, one for each connection.
    func takeNudges() -> [CurlTransfer] {
        guard !nudges.isEmpty else { return [] }
        defer { nudges = [:] }
        return nudges.values.map { question(as: $0) }
    }

    private func look(at socket: Int32, carrying streams: [CurlTransfer], now: UInt64) -> CurlTransfer? {
        var patient = patients[socket] ?? Patient()
        defer { patients[socket] = patient }
        let wasAskedHere = patient.question?.route.flatMap(sockets.socket) == socket
        let quiet = sockets.quiet(socket)
        switch patient.pulse.look(quiet: quiet, now: now, wasAskedHere: wasAskedHere, limits: limits) {
        case .alive(let next):
            alarm.set(next)
            return nil
        case .ask(let next):
            alarm.set(next)
            patient.question = question(as: streams[0].call)
            return patient.question
        case .dead:
            for stream in streams { stream.peerIsDead() }
            sockets.cut(socket)
            patient = Patient()
            return nil
        }
    }

    /// To the same server with the same settings, so that libcurl takes the same connection; no credential goes along.
    private func question(as call: CurlCall) -> CurlTransfer {
        let seconds = Double(limits.answer) / 1e9
        var question = call
        question.request = HTTPRequest(
            .get, call.address.origin,
            limits: HTTPLimits(connect: seconds, answer: seconds, idle: seconds, bodyBytes: 1 << 16))
        question.isPing = true
        return CurlTransfer(question, sink: CurlIgnoringSink())
    }
}

/// For an answer that only has to come.
private struct CurlIgnoringSink: CurlSink {
    func begin(_ head: HTTPHead) {}
    func write(_ bytes: UnsafeRawBufferPointer) -> CurlWritten { .taken }
    func end(_ outcome: Result<Void, any Error>) {}
}
