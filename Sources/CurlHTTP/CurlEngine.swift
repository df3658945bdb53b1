import CCurl
import Glibc

/// The one curl thread and the way to it: owns the multi handle, every easy handle and so every connection.
///
/// Transports share one engine; libcurl never mixes connections of different TLS settings, identities or proxies. While
/// nothing is under way the thread sleeps without a time limit that matters.
// Unchecked because of the raw multi handle: other threads touch it only through the mailbox, which locks.
public final class CurlEngine: @unchecked Sendable {
    /// The engine of the whole program.
    public static let shared = CurlEngine()

    private let mailbox: CurlMailbox
    /// How dead servers behind living proxies are found.
    let pulse: CurlPulse.Limits

    public convenience init() { self.init(pulse: CurlPulse.Limits()) }

    init(pulse: CurlPulse.Limits) {
        guard ccurl_global_start() == CURLE_OK, let multi = curl_multi_init() else {
            fatalError("libcurl cannot start: out of memory")
        }
        mailbox = CurlMailbox(multi)
        self.pulse = pulse
        Self.startThread(CurlLoop(multi: multi, mailbox: mailbox, pulse: pulse))
    }

    deinit { mailbox.post(.stop) }

    func start(_ transfer: CurlTransfer) { mailbox.post(.start(transfer)) }

    /// Ends the transfer, now or as soon as it starts; one that has ended already is left alone.
    func cancel(_ transfer: CurlTransfer) { mailbox.post(.cancel(transfer)) }

    /// Lets a paused transfer go on.
    func resume(_ transfer: CurlTransfer) { mailbox.post(.resume(transfer)) }

    func open(_ webSocket: CurlWebSocket) { mailbox.post(.open(webSocket)) }

    /// Has the curl thread look at what the WebSocket's users want.
    func look(at webSocket: CurlWebSocket) { mailbox.post(.look(webSocket)) }

    /// Signals stay with the main thread (resize, suspend), and a write to a closed socket must not raise SIGPIPE: the
    /// thread starts with everything blocked but its own faults, and libcurl's resolver threads inherit that.
    private static func startThread(_ loop: CurlLoop) {
        var blocked = sigset_t()
        var before = sigset_t()
        sigfillset(&blocked)
        for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] { sigdelset(&blocked, fault) }
        pthread_sigmask(SIG_SETMASK, &blocked, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let created = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<CurlLoop>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(loop).toOpaque())
        guard created == 0 else { fatalError("the curl thread cannot start: \(String(cString: strerror(created)))") }
        pthread_detach(thread)
    }
}
