import Backends
import Model

/// One whole object with its events, followed while somebody looks at it.
struct ObjectFeed: Feed {
    let environment: Environment
    let reference: ObjectReference
    var isPushed: Bool { true }

    func run(_ sink: FeedSink) async {
        await environment.withCluster(sink) { client in
            try await client.followObject(reference) { status, document in
                if let document { sink.post(.object(document), status: status) } else { sink.post(status) }
            }
        }
    }
}
