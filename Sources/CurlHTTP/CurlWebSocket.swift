import CCurl
import HTTP

/// One WebSocket from its connection to its end: libcurl opens the connection (TLS, proxy), everything over it is done here.
///
/// Everything but `call` and `shared` belongs to the curl thread.
// Unchecked because the curl thread alone reads and writes the state; other threads only pass the reference along.
final class CurlWebSocket: @unchecked Sendable {
    /// What a round came to.
    enum Round: Equatable {
        /// Nothing more can be done before the socket says so.
        case waiting
        /// There may be more to read at once.
        case hot
    }

    private enum Phase { case connecting, shakingHands, open, closing }

    let call: CurlCall
    let shared: CurlWebSocketState
    /// Set while libcurl has the connection.
    var easy: CurlEasy?
    private(set) var socket: Int32?

    private var handshake: WebSocketHandshake
    private var decoder = WebSocketDecoder()
    private var phase = Phase.connecting
    private var phaseStart: UInt64 = 0
    private var pulse = CurlPulse()
    private var lookAgain: UInt64?
    private var lastReceived: UInt64 = 0
    /// Bytes sent since the peer last said anything.
    private var sentSince = 0
    /// What is being sent; kept in place until libcurl has taken it, because TLS wants the same bytes at the same place again.
    private var sending: [UInt8] = []
    private var sent = 0
    /// Answers to pings and such, which go before what waits.
    private var replies: [UInt8] = []
    private var isGoodbyeSaid = false
    private let limits: CurlPulse.Limits

    private static let connectGrace = 0.25
    /// How long a peer has to answer a goodbye.
    private static let goodbyeLimit = 3.0
    /// A peer that was sent more than this may be busy with it, and answer no ping for that reason.
    private static let fewBytes = 4096

    init(_ call: CurlCall, _ handshake: WebSocketHandshake, limits: CurlPulse.Limits) {
        self.call = call
        self.handshake = handshake
        self.limits = limits
        shared = CurlWebSocketState(target: call.address.origin)
    }

    var wantsToRead: Bool { phase != .connecting && !shared.isFull }
    var wantsToWrite: Bool { sent < sending.count }

    /// When it must be looked at unless something happens before.
    var timeLimit: UInt64? {
        switch phase {
        case .connecting: Monotonic.after(call.request.limits.connect + Self.connectGrace, from: phaseStart)
        case .shakingHands: Monotonic.after(call.request.limits.answer, from: phaseStart)
        case .open: lookAgain
        case .closing: Monotonic.after(Self.goodbyeLimit, from: phaseStart)
        }
    }

    func begin(on easy: CurlEasy, in surroundings: CurlSurroundings) throws {
        try CurlOptions(call: call).apply(to: easy)
        surroundings.sockets.watch(easy)
        self.easy = easy
        enter(.connecting)
    }

    /// libcurl has the connection ready.
    func connected() throws {
        guard let socket = easy?.activeSocket else { throw failure(.reset, "the connection closed at once") }
        self.socket = socket
        CurlSockets.allowFullPeers(socket)
        enter(.shakingHands)
        sending = handshake.requestBytes
        try flush()
    }

    func error(for code: CURLcode) -> any Error {
        guard let easy else { return CancellationError() }
        return CurlFailure(code: code, easy: easy, call: call).error
    }

    private func enter(_ phase: Phase) {
        self.phase = phase
        phaseStart = Monotonic.now()
        lastReceived = phaseStart
        lookAgain = phase == .open ? phaseStart + limits.quiet : nil
    }

    private func failure(_ reason: HTTPError.Reason, _ detail: String) -> HTTPError {
        HTTPError(reason, target: call.address.origin, detail: detail)
    }
}

/// Time limits and signs of life.
extension CurlWebSocket {
    /// The limit has come: throws when that is the end, else asks the peer for a sign of life.
    func limitReached(now: UInt64) throws {
        switch phase {
        case .connecting:
            throw failure(
                .timedOut(phase: easy.map(CurlFailure.connectPhase) ?? "connect"),
                "no connection within \(Self.seconds(call.request.limits.connect))")
        case .shakingHands:
            throw failure(.timedOut(phase: "answer"), "no answer within \(Self.seconds(call.request.limits.answer))")
        case .closing: throw WebSocketGoodbye()
        case .open: try lookAtPulse(now: now)
        }
    }

    private func lookAtPulse(now: UInt64) throws {
        // Who does not read learns nothing of the peer, and what cannot be sent asks no question.
        if shared.isFull || wantsToWrite {
            if wantsToWrite { try checkKernel() }
            pulse = CurlPulse()
            lookAgain = now + limits.answer
            return
        }
        switch pulse.look(quiet: now - min(now, lastReceived), now: now, wasAskedHere: true, limits: limits) {
        case .alive(let next): lookAgain = next
        case .ask(let next):
            lookAgain = next
            replies += WebSocketEncoder.ping(mask: .random(in: 0 ... .max))
            try flush()
        case .dead:
            guard sentSince > Self.fewBytes else { throw Self.gone(call) }
            try checkKernel()
            pulse = CurlPulse()
            lookAgain = now + limits.quiet
        }
    }

    private func checkKernel() throws {
        if let socket, CurlSockets.isUnanswered(socket) { throw Self.gone(call) }
    }

    private static func gone(_ call: CurlCall) -> HTTPError {
        HTTPError(
            .timedOut(phase: "keep-alive"), target: call.address.origin, detail: "the peer does not answer any more")
    }

    /// "30 s", "0.5 s".
    private static func seconds(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value)) s" : "\(value) s"
    }
}

/// Bytes to and fro.
extension CurlWebSocket {
    /// Sends and receives what can be; throws at the end: `WebSocketGoodbye` when all went well.
    func serve(_ room: UnsafeMutableRawBufferPointer) throws -> Round {
        guard phase != .connecting else { return .waiting }
        try flush()
        guard wantsToRead else { return .waiting }
        let (count, isDrained, isOver) = try receive(room)
        if count > 0 {
            lastReceived = Monotonic.now()
            sentSince = 0
            try take(UnsafeRawBufferPointer(rebasing: room[..<count]))
            try flush()
        }
        if isOver { try ended() }
        return isDrained ? .waiting : .hot
    }

    /// Sends until all has gone or the socket is full.
    func flush() throws {
        while let easy {
            if sent == sending.count { refill() }
            guard sent < sending.count else { break }
            var count = 0
            let code = sending.withUnsafeBytes { bytes in
                curl_easy_send(easy.handle, bytes.baseAddress! + sent, bytes.count - sent, &count)
            }
            if code == CURLE_AGAIN { return }
            guard code == CURLE_OK else { throw error(for: code) }
            sent += count
            sentSince += count
        }
        if isGoodbyeSaid { throw WebSocketGoodbye() }
        if phase == .open, shared.isClosing { enter(.closing) }
    }

    private func refill() {
        sent = 0
        guard phase != .shakingHands else { return sending.removeAll() }
        sending.removeAll(keepingCapacity: true)
        if !replies.isEmpty {
            swap(&sending, &replies)
        } else if !isGoodbyeSaid {
            shared.takeOutgoing(&sending)
        }
    }

    /// Fills the room as far as bytes are here.
    private func receive(_ room: UnsafeMutableRawBufferPointer) throws -> (Int, isDrained: Bool, isOver: Bool) {
        guard let easy else { return (0, true, false) }
        var filled = 0
        while filled < room.count {
            var count = 0
            let code = curl_easy_recv(easy.handle, room.baseAddress! + filled, room.count - filled, &count)
            if code == CURLE_AGAIN { return (filled, true, false) }
            guard code == CURLE_OK else { throw error(for: code) }
            if count == 0 { return (filled, true, true) }
            filled += count
        }
        return (filled, false, false)
    }

    private func take(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes
        if phase == .shakingHands {
            switch try handshake.take(bytes) {
            case .more: return
            case .refused(let response): return try refuse(response)
            case .open(let subprotocol, let used):
                enter(.open)
                shared.opened(.open(subprotocol: subprotocol))
                rest = UnsafeRawBufferPointer(rebasing: bytes[used...])
            }
        }
        try decode(rest)
    }

    private func decode(_ bytes: UnsafeRawBufferPointer) throws {
        var messages: [WebSocketMessage] = []
        var closing: WebSocketClose?
        defer { if !messages.isEmpty { shared.deliver(messages) } }
        do {
            try decoder.take(bytes) { event in
                switch event {
                case .message(let message): messages.append(message)
                case .ping(let bytes): replies += WebSocketEncoder.pong(bytes, mask: .random(in: 0 ... .max))
                case .pong: break
                case .close(let close): closing = close
                }
            }
        } catch {
            throw failure(.protocolViolation, error.detail)
        }
        if let closing { try peerCloses(closing) }
    }

    /// The answer to a goodbye is the same goodbye, unless ours has gone out already.
    private func peerCloses(_ close: WebSocketClose) throws {
        guard close.isOrderly else {
            let words = close.reason.isEmpty ? "" : ": \(close.reason)"
            throw failure(.reset, "it closed the WebSocket with code \(close.code ?? 0)\(words)")
        }
        if phase == .closing { throw WebSocketGoodbye() }
        replies += WebSocketEncoder.close(code: close.code ?? WebSocketClose.normal, mask: .random(in: 0 ... .max))
        isGoodbyeSaid = true
    }

    private func refuse(_ response: HTTPResponse) throws {
        shared.opened(.refused(response))
        throw WebSocketGoodbye()
    }

    /// The peer has closed the connection.
    private func ended() throws {
        if phase == .shakingHands, case .refused(let response) = try handshake.end() { return try refuse(response) }
        if phase == .closing || isGoodbyeSaid { throw WebSocketGoodbye() }
        throw failure(.reset, "the connection ended without a goodbye")
    }
}

/// Thrown where a WebSocket ends as it should.
struct WebSocketGoodbye: Error {}
