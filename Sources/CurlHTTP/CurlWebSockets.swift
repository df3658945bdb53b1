import CCurl

/// The WebSockets that the curl thread looks after, beside libcurl's own transfers.
///
/// libcurl does not watch connections that it only opened: their sockets are polled with its own.
final class CurlWebSockets {
    let alarm = CurlAlarm()
    private var all: [UnsafeMutableRawPointer: CurlWebSocket] = [:]
    private var polled: [curl_waitfd] = []
    private var waiting: [CurlWebSocket] = []
    /// Those that stopped reading with their room full: TLS may hold bytes that no socket tells of.
    private var hot: [CurlWebSocket] = []
    private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)

    deinit { room.deallocate() }

    subscript(handle: UnsafeMutableRawPointer) -> CurlWebSocket? { all[handle] }

    var count: Int { all.count }
    var everyone: [CurlWebSocket] { Array(all.values) }

    func add(_ webSocket: CurlWebSocket, _ easy: CurlEasy) {
        all[easy.handle] = webSocket
        alarm.set(webSocket.timeLimit)
    }

    func remove(_ handle: UnsafeMutableRawPointer) { all[handle] = nil }

    /// Sleeps until a socket of libcurl's or of ours is ready, a letter came, or the time is over.
    func poll(_ multi: UnsafeMutableRawPointer, _ milliseconds: Int32) {
        polled.removeAll(keepingCapacity: true)
        waiting.removeAll(keepingCapacity: true)
        for webSocket in all.values {
            guard let socket = webSocket.socket else { continue }
            var events: Int16 = 0
            if webSocket.wantsToRead { events |= Int16(CURL_WAIT_POLLIN) }
            if webSocket.wantsToWrite { events |= Int16(CURL_WAIT_POLLOUT) }
            guard events != 0 else { continue }
            polled.append(curl_waitfd(fd: socket, events: events, revents: 0))
            waiting.append(webSocket)
        }
        let count = UInt32(polled.count)
        polled.withUnsafeMutableBufferPointer { sockets in
            _ = curl_multi_poll(multi, sockets.baseAddress, count, hot.isEmpty ? milliseconds : 0, nil)
        }
    }

    /// Serves the ones that are ready; hands over those that have ended.
    func serveReady(_ end: (CurlWebSocket, any Error) -> Void) {
        let left = hot
        hot = []
        for webSocket in left { serve(webSocket, end) }
        for at in polled.indices where polled[at].revents != 0 && !left.contains(where: { $0 === waiting[at] }) {
            serve(waiting[at], end)
        }
    }

    func serve(_ webSocket: CurlWebSocket, _ end: (CurlWebSocket, any Error) -> Void) {
        guard webSocket.easy != nil else { return }
        do {
            if try webSocket.serve(room) == .hot { hot.append(webSocket) }
            alarm.set(webSocket.timeLimit)
        } catch {
            end(webSocket, error)
        }
    }

    func fireTimeLimits(now: UInt64, _ end: (CurlWebSocket, any Error) -> Void) {
        guard alarm.isDue(at: now) else { return }
        for webSocket in everyone {
            if let limit = webSocket.timeLimit, limit <= now {
                do { try webSocket.limitReached(now: now) } catch { end(webSocket, error) }
            }
            if webSocket.easy != nil { alarm.set(webSocket.timeLimit) }
        }
    }
}
