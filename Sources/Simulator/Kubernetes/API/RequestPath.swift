/// A path of the resource API taken apart: `/apis/apps/v1/namespaces/demo/deployments/web/scale`.
struct RequestPath: Sendable, Equatable {
    var group: String
    var version: String
    var namespace: String?
    var resource: String
    var name: String?
    var subresource: String?

    init?(_ path: String) {
        var parts = path.split(separator: "/").map(String.init)
        switch parts.first {
        case "api" where parts.count >= 3:
            (group, version) = ("", parts[1])
            parts.removeFirst(2)
        case "apis" where parts.count >= 4:
            (group, version) = (parts[1], parts[2])
            parts.removeFirst(3)
        default: return nil
        }
        // `/api/v1/watch/…` is the old way to write `?watch=true`; nobody here asks for it.
        if parts[0] == "namespaces", parts.count >= 3, !["status", "finalize"].contains(parts[2]) {
            namespace = parts[1]
            parts.removeFirst(2)
        }
        guard parts.count <= 3 else { return nil }
        resource = parts[0]
        name = parts.count > 1 ? parts[1] : nil
        subresource = parts.count > 2 ? parts[2] : nil
    }
}
