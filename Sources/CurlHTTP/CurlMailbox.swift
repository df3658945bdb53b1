import CCurl
import Synchronization

/// What other threads want from the curl thread, in order; posting wakes it.
// Unchecked because of the raw multi handle, which is used for `curl_multi_wakeup` only, under the lock.
final class CurlMailbox: @unchecked Sendable {
    enum Letter: Sendable {
        case start(CurlTransfer)
        case cancel(CurlTransfer)
        case resume(CurlTransfer)
        case open(CurlWebSocket)
        /// Its users have something to send, have read, or want no more.
        case look(CurlWebSocket)
        case stop
    }

    private let multi: UnsafeMutableRawPointer
    private let letters = Mutex<[Letter]>([])

    init(_ multi: UnsafeMutableRawPointer) { self.multi = multi }

    /// The wake-up happens under the lock, so that the thread cannot take `stop` and free the handle in between.
    func post(_ letter: Letter) {
        letters.withLock { letters in
            letters.append(letter)
            if letters.count == 1 { curl_multi_wakeup(multi) }
        }
    }

    func takeAll() -> [Letter] {
        letters.withLock { letters in
            defer { letters = [] }
            return letters
        }
    }
}
