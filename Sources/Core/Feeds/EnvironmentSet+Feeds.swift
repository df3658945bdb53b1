import Model

extension EnvironmentSet: FeedSource {
    public func feed(for id: FeedID) -> any Feed {
        guard let environment = self[id.environment] else {
            let error = EnvironmentError(unknown: id.environment.name, known: infos.map(\.id.name))
            return FixedFeed(status: FeedStatus(.absent(reason: error.message)))
        }
        return environment.feed(for: id)
    }
}
