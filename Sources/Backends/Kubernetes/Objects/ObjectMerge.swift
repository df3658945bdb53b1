import JSON
import Model

/// Puts an object and its events together, and posts the document whenever one of them changed.
actor ObjectMerge {
    private let reference: ObjectReference
    private let pacer: any Pacer
    private let post: @Sendable (FeedStatus, ObjectDocument?) -> Void
    private var object: JSONValue?
    private var events: [String: ObjectDocument.Event] = [:]
    private var notice: String?
    private var status = FeedStatus.idle

    init(
        _ reference: ObjectReference, pacer: any Pacer, post: @escaping @Sendable (FeedStatus, ObjectDocument?) -> Void
    ) {
        self.reference = reference
        self.pacer = pacer
        self.post = post
    }

    func object(_ change: ObjectWatch.Change) {
        switch change {
        case .listed(let list) where list.isEmpty:
            let name = reference.name
            enter(object == nil ? .absent(reason: "there is no \(name)") : .ended(reason: "\(name) was deleted"))
        case .listed(let list):
            object = list.first
            enter(.live)
        case .put(let new):
            object = new
            enter(.live)
        case .removed(let last):
            object = last
            enter(.ended(reason: "\(reference.name) was deleted"))
        case .failed(let error):
            failed(error)
            return
        }
        publish()
    }

    func failed(_ error: KubernetesError) {
        enter(object == nil ? error.feedPhase : .stale(reason: error.message))
        post(status, nil)
    }

    func events(_ change: ObjectWatch.Change) {
        switch change {
        case .listed(let list):
            events = [:]
            for event in list { keep(event) }
            notice = nil
        case .put(let event): keep(event)
        // The server forgets events after an hour; a person who looks at them need not.
        case .removed: return
        case .failed(let error): notice = "events: \(error.message)"
        }
        publish()
    }

    private func keep(_ event: JSONValue) { events[event.text("metadata", "uid")] = ObjectEvent.read(event) }

    private func enter(_ phase: FeedStatus.Phase) {
        status = FeedStatus(phase, since: status.phase == phase ? status.since : pacer.now)
    }

    private func publish() {
        status.notices = notice.map { [$0] } ?? []
        guard let object else { return post(status, nil) }
        let events = ObjectEvent.inOrder(events.values)
        post(status, ObjectDescription.document(object, reference: reference, events: events))
    }
}
