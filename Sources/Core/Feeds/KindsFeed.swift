import Backends
import Model

/// The kinds a server has: what was known last time at once, then what the server says, and now and then again.
struct KindsFeed: Feed {
    let environment: Environment

    func run(_ sink: FeedSink) async {
        let cache = environment.discoveryCache()
        // A broken context is told by the asking below.
        if let cache, let known = try? environment.kubernetes().cachedKinds(cache) {
            sink.post(.kinds(known.kinds), status: FeedStatus(.loading(received: known.kinds.count)))
        }
        let environment = environment
        await PollingFeed<[ResourceKind]>(pacer: environment.pacer, change: FeedChange.kinds) {
            let discovery = try await environment.kubernetes().discover(cache: cache)
            return .init(value: discovery.kinds, notices: discovery.notices, next: 300)
        }.run(sink)
    }
}
