import Foundation
import Synchronization

/// The API server of one make-believe cluster: takes requests, answers from the store.
final class KubernetesServer: Sendable {
    let name: String
    let version: String
    let store: ClusterStore
    let clock: any SimulationClock
    let logs: ContainerLogs
    let metrics: ContainerMetrics
    let runtime: ContainerRuntime
    /// Tells of every object who wrote what of it, also where nobody noted it; nil where only what is noted is told.
    let owners: OwnerText?
    private let catalogCache: Mutex<(revision: Int, catalog: APICatalog)>

    init(
        name: String, version: String, store: ClusterStore, clock: any SimulationClock, logs: ContainerLogs,
        metrics: ContainerMetrics, kill: ContainerRuntime.Kill? = nil, owners: OwnerText? = nil
    ) {
        self.owners = owners
        self.name = name
        self.version = version
        self.store = store
        self.clock = clock
        self.logs = logs
        self.metrics = metrics
        runtime = ContainerRuntime(store: store, clock: clock, logs: logs, kill: kill)
        catalogCache = Mutex((0, APICatalog()))
    }

    /// The resources served now; made anew when a definition of custom resources changed.
    var catalog: APICatalog {
        let definitions = store.all("customresourcedefinitions.apiextensions.k8s.io")
        let revision = definitions.map(\.revision).max() ?? 0
        return catalogCache.withLock { cache in
            if cache.revision != revision { cache = (revision, APICatalog(definitions: definitions.map(\.json))) }
            return cache.catalog
        }
    }

    /// Answers one request; a refusal becomes a `Status`.
    func handle(_ request: SimRequest) async -> SimResponse {
        do throws(APIStatus) {
            var request = request
            let user = try SimUser.authenticated(by: &request)
            return try answer(request, user)
        } catch {
            return Self.refusal(error)
        }
    }

    private func answer(_ request: SimRequest, _ user: SimUser) throws(APIStatus) -> SimResponse {
        if let response = try plainPath(request, user) { return response }
        guard let path = RequestPath(request.path) else { throw .noSuchPath }
        try authorize(request, path, user)
        let catalog = catalog
        guard catalog.hasGroupVersion(path.group, path.version) else {
            return .text("404 page not found\n", status: 404)
        }
        guard let resource = catalog.resource(group: path.group, version: path.version, plural: path.resource) else {
            throw .noSuchPath
        }
        var response = try resourceAnswer(ResourceRequest(request, path, resource, user, catalog, owners: owners))
        let key = APICatalog.key(resource.group, resource.version, resource.plural)
        if let warning = catalog.warnings[key] { response.headers.append(("Warning", "299 - \"\(warning)\"")) }
        return response
    }

    private func authorize(_ request: SimRequest, _ path: RequestPath, _ user: SimUser) throws(APIStatus) {
        let access = AccessRequest(
            verb: Self.verb(request, path), group: path.group, resource: path.resource,
            subresource: path.subresource ?? "",
            namespace: path.resource == "namespaces" && path.namespace == nil ? path.name ?? "" : path.namespace ?? "",
            name: path.name ?? "")
        guard Authorizer(store: store).allows(access, user) else { throw .forbidden(access, user: user.name) }
    }

    private static func verb(_ request: SimRequest, _ path: RequestPath) -> String {
        switch request.method {
        case "POST": return "create"
        case "PUT": return "update"
        case "PATCH": return "patch"
        case "DELETE": return path.name == nil ? "deletecollection" : "delete"
        default:
            if path.name != nil { return "get" }
            return request.flag("watch") ? "watch" : "list"
        }
    }

    private func resourceAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse {
        if request.resource.group == "metrics.k8s.io" { return try metricsAnswer(request) }
        if let response = try reviewAnswer(request) { return response }
        if let response = try streamAnswer(request) { return response }
        if let response = try subresourceAnswer(request) { return response }
        switch (request.http.method, request.path.name) {
        case ("GET", nil) where request.options.isWatch: return try watchAnswer(request)
        case ("GET", nil): return try listAnswer(request)
        case ("GET", .some(let name)): return try getAnswer(request, name)
        case ("POST", nil): return try createAnswer(request)
        case ("PUT", .some(let name)): return try replaceAnswer(request, name)
        case ("DELETE", .some(let name)): return try deleteAnswer(request, name)
        case ("DELETE", nil): return try deleteCollectionAnswer(request)
        case ("PATCH", .some(let name)): return try patchAnswer(request, name)
        default: throw .methodNotAllowed
        }
    }

    /// Answers of subresources that are more than a part of their object; nil for all others.
    private func subresourceAnswer(_ request: ResourceRequest) throws(APIStatus) -> SimResponse? {
        guard let name = request.path.name else { return nil }
        switch request.path.subresource {
        case "log": return try logAnswer(request)
        case "scale": return try scaleAnswer(request, name)
        case "eviction": return try evictionAnswer(request, name)
        default: return nil
        }
    }

    static func refusal(_ status: APIStatus) -> SimResponse {
        var headers: [(name: String, value: String)] = [("Cache-Control", "no-cache, private")]
        if status.isFromAuthorizer { headers.append(("X-Content-Type-Options", "nosniff")) }
        if let seconds = status.details["retryAfterSeconds"].intValue { headers.append(("Retry-After", "\(seconds)")) }
        let body = status.code == 406 ? Array(status.json.prettyText.utf8) : status.json.bytes + [0x0a]
        return SimResponse(status: status.code, type: "application/json", headers: headers, body: body)
    }
}

/// A request for a resource, with everything that was found out about it.
struct ResourceRequest: Sendable {
    let http: SimRequest
    let path: RequestPath
    let resource: APIResource
    let user: SimUser
    let catalog: APICatalog
    let options: ListOptions
    let owners: OwnerText?

    init(
        _ http: SimRequest, _ path: RequestPath, _ resource: APIResource, _ user: SimUser, _ catalog: APICatalog,
        owners: OwnerText? = nil
    ) throws(APIStatus) {
        self.owners = owners
        self.http = http
        self.path = path
        self.resource = resource
        self.user = user
        self.catalog = catalog
        options = try ListOptions(http, for: resource)
        guard resource.isNamespaced || path.namespace == nil else { throw .noSuchPath }
        guard resource.isNamespaced == false || path.name == nil || path.namespace != nil else { throw .noSuchPath }
        guard let subresource = path.subresource else { return }
        guard resource.subresources.contains(where: { $0.name == subresource }) else { throw .noSuchPath }
    }

    /// The form the client accepts; none is 406.
    func negotiated() throws(APIStatus) -> Negotiation {
        guard let negotiation = Negotiation(http) else { throw .notAcceptable }
        return negotiation
    }

    func writer(_ representation: Representation, now: Date) -> ObjectWriter {
        ObjectWriter(
            resource: resource, printer: catalog.printer(of: resource), representation: representation, now: now,
            owners: owners)
    }
}
