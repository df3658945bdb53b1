import Model

/// What to ask one container's log for.
struct LogRequest: Sendable, Equatable {
    var isFollowed = false
    var isPrevious = false
    var tail: Int?
    var since: Timestamp?
    var limitBytes: Int?

    func path(_ source: LogSource) -> APIPath {
        var path = APIPath("api", "v1", "namespaces", source.namespace, "pods", source.pod, "log")
            .asking("container", source.container).asking("timestamps", "true")
        if isFollowed { path = path.asking("follow", "true") }
        if isPrevious { path = path.asking("previous", "true") }
        if let since { path = path.asking("sinceTime", since.rfc3339) }
        if let tail { path = path.asking("tailLines", String(tail)) }
        if let limitBytes { path = path.asking("limitBytes", String(limitBytes)) }
        return path
    }
}
