import CCurl

/// What runs on the curl thread: drives the multi handle, takes letters, fires time limits. No other thread touches it.
// Unchecked because it is handed to its thread once, at the start.
final class CurlLoop: @unchecked Sendable {
    private let multi: UnsafeMutableRawPointer
    private let mailbox: CurlMailbox
    private var active: [UnsafeMutableRawPointer: CurlTransfer] = [:]
    private let webSockets = CurlWebSockets()
    private var spareHandles: [CurlEasy] = []
    private let surroundings: CurlSurroundings
    private var isStopped = false

    /// Idle connections kept for reuse; libcurl's own rule (four for each running transfer) would close them when all is quiet.
    private static let keptConnections = 64
    private static let keptHandles = 32
    /// Only letters and sockets wake an idle thread; libcurl takes no endless time-out.
    private static let longestSleep: Int32 = 3_600_000

    init(multi: UnsafeMutableRawPointer, mailbox: CurlMailbox, pulse: CurlPulse.Limits) {
        surroundings = CurlSurroundings(pulse: pulse)
        self.multi = multi
        self.mailbox = mailbox
        ccurl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
        keepConnections()
    }

    /// Open WebSockets count among libcurl's kept connections, but must not push the idle ones out.
    private func keepConnections() {
        ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.keptConnections + webSockets.count)
    }

    func run() {
        while !isStopped {
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            finishCompleted()
            fireTimeLimits()
            let heartbeat = surroundings.heartbeat
            for question in heartbeat.beat(active.values, now: Monotonic.now()) { start(question) }
            for question in heartbeat.takeNudges() { start(question) }
            webSockets.poll(multi, sleepTime())
            for letter in mailbox.takeAll() { handle(letter) }
            webSockets.serveReady(end)
        }
        for transfer in active.values { end(transfer, .failure(CancellationError())) }
        for webSocket in webSockets.everyone { end(webSocket, CancellationError()) }
        spareHandles = []
        curl_multi_cleanup(multi)
    }

    private func handle(_ letter: CurlMailbox.Letter) {
        switch letter {
        case .start(let transfer): start(transfer)
        case .resume(let transfer): transfer.resume()
        case .stop: isStopped = true
        case .open(let webSocket): open(webSocket)
        case .look(let webSocket): look(at: webSocket)
        case .cancel(let transfer):
            transfer.isCancelled = true
            if transfer.easy != nil { end(transfer, .failure(CancellationError())) }
        }
    }

    private func open(_ webSocket: CurlWebSocket) {
        guard !webSocket.shared.isAbandoned, !isStopped else {
            return webSocket.shared.end(.failure(CancellationError()))
        }
        let easy = spareHandles.popLast() ?? CurlEasy()
        do {
            try webSocket.begin(on: easy, in: surroundings)
        } catch {
            easy.reset()
            spareHandles.append(easy)
            return webSocket.shared.end(.failure(error))
        }
        webSockets.add(webSocket, easy)
        keepConnections()
        curl_multi_add_handle(multi, easy.handle)
    }

    private func look(at webSocket: CurlWebSocket) {
        if webSocket.shared.isAbandoned { return end(webSocket, CancellationError()) }
        webSockets.serve(webSocket, end)
    }

    private func end(_ webSocket: CurlWebSocket, _ error: any Error) {
        guard let easy = webSocket.easy else { return }
        // libcurl closes a connection that was only opened along with its handle.
        curl_multi_remove_handle(multi, easy.handle)
        webSockets.remove(easy.handle)
        keepConnections()
        webSocket.easy = nil
        easy.reset()
        if spareHandles.count < Self.keptHandles { spareHandles.append(easy) }
        webSocket.shared.end(error is WebSocketGoodbye ? .success(()) : .failure(error))
    }

    private func start(_ transfer: CurlTransfer) {
        guard !transfer.isCancelled, !isStopped else { return transfer.finish(.failure(CancellationError())) }
        let easy = spareHandles.popLast() ?? CurlEasy()
        do {
            try transfer.begin(on: easy, in: surroundings)
        } catch {
            easy.reset()
            spareHandles.append(easy)
            return transfer.finish(.failure(error))
        }
        active[easy.handle] = transfer
        curl_multi_add_handle(multi, easy.handle)
    }

    private func finishCompleted() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else { continue }
            let code = ccurl_message_result(message)
            if let webSocket = webSockets[handle] { connected(webSocket, code) }
            guard let transfer = active[handle] else { continue }
            end(transfer, code == CURLE_OK ? .success(()) : .failure(transfer.error(for: code)))
        }
    }

    private func connected(_ webSocket: CurlWebSocket, _ code: CURLcode) {
        guard code == CURLE_OK else { return end(webSocket, webSocket.error(for: code)) }
        do {
            try webSocket.connected()
            webSockets.alarm.set(webSocket.timeLimit)
        } catch {
            end(webSocket, error)
        }
    }

    private func fireTimeLimits() {
        let now = Monotonic.now()
        webSockets.fireTimeLimits(now: now, end)
        guard surroundings.alarm.isDue(at: now) else { return }
        for transfer in active.values {
            guard let limit = transfer.timeLimit else { continue }
            if limit <= now {
                end(transfer, .failure(transfer.timeLimitError()))
            } else {
                surroundings.alarm.set(limit)
            }
        }
    }

    /// Takes the handle out of libcurl before the outcome is told, so that nothing is written to the transfer afterwards.
    private func end(_ transfer: CurlTransfer, _ outcome: Result<Void, any Error>) {
        guard let easy = transfer.easy else { return }
        curl_multi_remove_handle(multi, easy.handle)
        active[easy.handle] = nil
        transfer.easy = nil
        if case .failure = outcome { surroundings.heartbeat.gaveUp(transfer) }
        easy.reset()
        if spareHandles.count < Self.keptHandles { spareHandles.append(easy) }
        transfer.finish(outcome)
    }

    private func sleepTime() -> Int32 {
        let now = Monotonic.now()
        let waits = [surroundings.alarm, surroundings.heartbeat.alarm, webSockets.alarm].compactMap {
            $0.wait(from: now)
        }
        guard let wait = waits.min() else { return Self.longestSleep }
        return Int32(min(UInt64(Self.longestSleep), (wait + 999_999) / 1_000_000))
    }
}
