/// Stands for what is posted without anybody's subscription: actions, guards, sessions, forwards.
struct PostedFeed: Feed {
    func run(_ sink: FeedSink) async {}
}
