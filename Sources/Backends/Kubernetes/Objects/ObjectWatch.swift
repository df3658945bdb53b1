import HTTP
import JSON

/// Lists and watches a handful of whole objects: one object, or the events of one.
///
/// It keeps nothing: whoever asked gets the whole list after each break, and single changes between.
struct ObjectWatch: Sendable {
    enum Change: Sendable {
        case listed([JSONValue])
        case put(JSONValue)
        case removed(JSONValue)
        case failed(KubernetesError)
    }

    let client: KubernetesClient
    /// With its field selector.
    let path: APIPath
    /// Whether a refused list ends the watch, by being thrown, because the caller has another way.
    var endsWhenRefused = false
    let post: @Sendable (Change) async -> Void

    func run() async throws {
        var backOff = BackOff(base: 0.5, ceiling: 30)
        while true {
            do {
                let list = try await client.json(.get, path)
                await post(.listed(list.list("items")))
                var version = list.text("metadata", "resourceVersion")
                while try await watch(from: &version) { backOff.reset() }
            } catch let error as KubernetesError where error.statusCode == 410 {
                // Too old to go on from: list again.
            } catch let error as KubernetesError {
                if endsWhenRefused, error.isForbidden { throw error }
                await post(.failed(error))
            }
            try await client.pacer.sleep(backOff.next(dice: client.pacer.random()))
        }
    }

    /// Watches until the stream ends; whether anything came.
    private func watch(from version: inout String) async throws -> Bool {
        let seconds = 300 + Int(300 * client.pacer.random())
        let path = path.asking("watch", "true").asking("allowWatchBookmarks", "true")
            .asking("timeoutSeconds", String(seconds)).asking("resourceVersion", version)
        let stream = try await client.open(path, accept: KubernetesClient.plainJSON)
        var frames = NewlineFrames()
        var chunks = stream.body.makeAsyncIterator()
        var hasMoved = false
        while let chunk = try await client.reaching(path, { try await chunks.next() }) {
            for event in try documents(chunk, &frames, path.path) {
                guard let object = event["object"] else { continue }
                try await take(event.text("type"), object, path.path)
                let new = object.text("metadata", "resourceVersion")
                if !new.isEmpty { version = new }
                hasMoved = true
            }
        }
        return hasMoved
    }

    private func take(_ type: String, _ object: JSONValue, _ target: String) async throws {
        switch type {
        case "ADDED", "MODIFIED": await post(.put(object))
        case "DELETED": await post(.removed(object))
        case "ERROR":
            throw KubernetesError.status(
                code: object.number("code") ?? 0, reason: object.text("reason"), message: object.text("message"),
                target: target)
        default: break
        }
    }

    private func documents(_ chunk: [UInt8], _ frames: inout NewlineFrames, _ target: String) throws -> [JSONValue] {
        do {
            return try frames.documents(in: chunk)
        } catch {
            throw KubernetesError.decoding(target: target, cause: error.message)
        }
    }
}
