import HTTP
import JSON
import Model

/// One Elasticsearch (6 to 9) or OpenSearch, as a place where log lines are kept.
///
/// Everything throws `ServiceError`, or `CancellationError`.
public struct ElasticsearchClient: Sendable {
    let caller: ServiceCaller
    /// The index pattern to search: "logstash-*".
    public let index: String

    public init(_ endpoint: ServiceEndpoint, index: String) {
        caller = ServiceCaller(system: "Elasticsearch", endpoint: endpoint)
        self.index = index
    }

    /// What the server says it is: "Elasticsearch 8.13.4", "OpenSearch 2.11.0".
    public func version() async throws -> String {
        let answer = try await caller.json("ask for the version", request(ServiceAddress(caller.endpoint).path("/")))
        guard let version = answer["version"] else {
            throw caller.failure("ask for the version", .garbage("it has no version; is this an Elasticsearch?"))
        }
        let isOpenSearch = version["distribution"]?.string == "opensearch"
        return "\(isOpenSearch ? "OpenSearch" : "Elasticsearch") \(version["number"]?.string ?? "")"
    }

    func request(_ address: ServiceAddress, body: JSONLiteral? = nil) -> HTTPRequest {
        var request = HTTPRequest(
            body == nil ? .get : .post, address.url, headers: ["Accept": "application/json"], body: body?.bytes,
            limits: HTTPLimits(answer: 30, idle: 30, bodyBytes: 64 << 20))
        if body != nil { request.headers["Content-Type"] = "application/json" }
        return request
    }

    /// The address of an operation on the index pattern; absent and closed indices are passed over.
    func indexAddress(_ operation: String) -> ServiceAddress {
        ServiceAddress(caller.endpoint).index(index).path("/\(operation)")
            .asking("ignore_unavailable", "true").asking("allow_no_indices", "true")
    }
}
