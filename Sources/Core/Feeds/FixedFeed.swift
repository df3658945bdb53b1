import Model

/// A feed that can only say why there is nothing: its environment or its system is not there.
struct FixedFeed: Feed {
    let status: FeedStatus

    func run(_ sink: FeedSink) async { sink.post(status) }
}
