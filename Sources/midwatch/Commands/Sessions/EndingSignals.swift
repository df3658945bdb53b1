import Dispatch
import Foundation
import Synchronization

/// Lets a subcommand end what it opened when it is interrupted, so that the audit file has an end too.
final class EndingSignals {
    private let first = FirstSignal()
    private let sources: [any DispatchSourceSignal]

    /// `ended` is called once, on another thread. A second signal ends the program at once.
    init(_ ended: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM, SIGHUP].map { [first] number in
            Foundation.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                guard first.note(number) else { exit(128 + number) }
                ended()
            }
            source.resume()
            return source
        }
    }

    /// Which one came; nil for none.
    var signal: Int32? { first.number }
}

private final class FirstSignal: Sendable {
    private let state = Mutex<Int32?>(nil)
    var number: Int32? { state.withLock { $0 } }

    func note(_ number: Int32) -> Bool {
        state.withLock { first in
            guard first == nil else { return false }
            first = number
            return true
        }
    }
}
