import Backends
import LogBuffer
import Model
import Synchronization

/// One log in one scroll: lines that pods are writing now, and, as far back as somebody goes, those that Elasticsearch kept.
///
/// The lines go into a buffer that panes read, which leaves out what both sides have; an update only says that it changed.
struct LogFeed: Feed {
    private let environment: Environment
    private let query: LogQuery
    private let buffer: LogBuffer
    private let history: LogHistory
    private let words = LogFeedWords()
    var isPushed: Bool { true }

    init(environment: Environment, query: LogQuery) {
        self.environment = environment
        self.query = query
        buffer = LogBuffer(budget: environment.logs.memory)
        history = LogHistory(environment: environment, query: query, buffer: buffer)
    }

    func run(_ sink: FeedSink) async {
        sink.post(.log(buffer), status: words.live(FeedStatus(.loading(received: 0), since: environment.pacer.now)))
        do {
            let client = try environment.kubernetes()
            try await client.followLogs(
                query, tail: environment.logs.tail, status: { sink.post(words.live($0)) },
                lines: { lines in
                    buffer.append(lines)
                    sink.post(.log(buffer))
                })
        } catch {
            guard !Task.isCancelled else { return }
            let fault = FeedFault(error)
            sink.post(words.live(FeedStatus(fault.phase, since: environment.pacer.now, hint: fault.hint)))
        }
    }

    func loadOlder(_ sink: FeedSink) async {
        sink.post(words.history(["loading older lines…"]))
        do {
            let notices = try await history.loadPage()
            sink.post(.log(buffer), status: words.history(notices))
        } catch let error as AbsentSystem {
            sink.post(words.history(["no older lines: \(error.message)"]))
        } catch {
            // The next run must not go on saying that lines are on their way.
            guard !Task.isCancelled else { return _ = words.history([]) }
            sink.post(words.history([FeedFault(error).reason]))
        }
    }
}

/// Makes one status of what the live side says and what is to be said of the history.
private final class LogFeedWords: Sendable {
    private struct State {
        var live = FeedStatus.idle
        var history: [String] = []

        var status: FeedStatus {
            var status = live
            status.notices += history
            return status
        }
    }
    private let state = Mutex(State())

    func live(_ status: FeedStatus) -> FeedStatus {
        state.withLock { state in
            state.live = status
            return state.status
        }
    }

    func history(_ notices: [String]) -> FeedStatus {
        state.withLock { state in
            state.history = notices
            return state.status
        }
    }
}
