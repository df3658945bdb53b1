import Foundation

extension KubernetesServer {
    /// A stream of changes, with or without what is there already.
    func watchAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse {
        guard request.resource.allows("watch") else { throw .methodNotAllowed }
        let negotiation = try request.negotiated()
        let revision = try request.options.revision()
        let stream = WatchStream(
            store: store, clock: clock, request: request, representation: negotiation.representation,
            start: try start(request, revision))
        return SimResponse(
            type: "application/json", headers: [("Cache-Control", "no-cache, private")],
            stream: { try await stream.next() })
    }

    private func start(_ request: ResourceRequest, _ revision: Int?) throws(APIStatus) -> WatchStream.Start {
        if request.http.parameter("__expired") != nil {
            return .failed(.watchExpired(revision ?? 1, oldest: store.revision))
        }
        if request.options.wantsInitialEvents == true { return .initial(endMarked: true) }
        guard let revision, revision > 0 else {
            return request.options.wantsInitialEvents == false ? .now : .initial(endMarked: false)
        }
        guard let position = store.position(request.resource.storage, after: revision) else {
            return .failed(.watchExpired(revision, oldest: store.revision))
        }
        return .position(position)
    }
}
