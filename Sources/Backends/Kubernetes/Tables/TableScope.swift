import Model

/// What one list and watch asks for: a kind, in one namespace or (nil) everywhere, with its selectors.
struct TableScope: Sendable, Hashable {
    var kind: ResourceKind
    var namespace: String?
    var labelSelector = ""
    var fieldSelector = ""

    init(_ query: TableQuery, namespace: String?) {
        kind = query.kind
        self.namespace = namespace
        labelSelector = query.labelSelector
        fieldSelector = query.fieldSelector
    }

    var path: APIPath {
        APIPath(kind, namespace: namespace).asking("labelSelector", labelSelector)
            .asking("fieldSelector", fieldSelector).asking("includeObject", "Metadata")
    }

    func list(limit: Int, continuation: String?) -> APIPath {
        path.asking("limit", limit > 0 ? String(limit) : "").asking("continue", continuation ?? "")
    }

    func watch(from version: String, seconds: Int) -> APIPath {
        path.asking("watch", "true").asking("allowWatchBookmarks", "true").asking("timeoutSeconds", String(seconds))
            .asking("resourceVersion", version)
    }
}
