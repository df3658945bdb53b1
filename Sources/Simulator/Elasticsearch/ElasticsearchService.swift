import Foundation
import Synchronization

/// A simulated Elasticsearch 8.15 that holds the logs of one cluster in daily indices, as Fluentd ships them.
///
/// Nothing is stored: every search reads the log script for the stretch of time that it asks about.
final class ElasticsearchService: Sendable {
    static let version = "8.15.1"

    struct PointInTime: Sendable {
        var days: [Int64]
        var horizon: Int64
        var expires: Date
    }

    struct AsyncSearch: Sendable {
        var request: SimRequest
        var startedAt: Date
        var expires: Date
        var response: SimJSON?
    }

    struct Contexts: Sendable {
        var points: [String: PointInTime] = [:]
        var searches: [String: AsyncSearch] = [:]
        var generator: SeededGenerator
    }

    let state: CompanyState
    let catalog: LogCatalog
    let contexts: Mutex<Contexts>

    /// - Parameter cluster: whose logs; nil means those of all clusters.
    init(state: CompanyState, cluster: String? = nil) {
        self.state = state
        catalog = LogCatalog(state: state, cluster: cluster)
        contexts = Mutex(
            Contexts(generator: SeededGenerator(seed: state.company.seed, "contexts of \(cluster ?? "all")")))
    }

    /// Answers one request; the loopback server's handler.
    func answer(_ request: SimRequest) async -> SimResponse {
        var response: SimResponse
        do {
            response = try await route(request)
        } catch let error as ElasticError {
            response = .json(error.json, status: error.status)
        } catch {
            // Only a cancelled search ends here: whoever asked has hung up.
            response = .json(["error": "task cancelled"], status: 499)
        }
        response.headers.append(("X-elastic-product", "Elasticsearch"))
        if request.header("Accept")?.contains("vnd.elasticsearch+json") == true, !response.headers.isEmpty,
            response.isJSON
        {
            response.headers[0] = ("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
        }
        if request.method == "HEAD" { response.body = .bytes([]) }
        return response
    }

    private func route(_ request: SimRequest) async throws -> SimResponse {
        let parts = request.path.split(separator: "/").map(String.init)
        guard let first = parts.first else { return .json(greeting) }
        guard !first.hasPrefix("_") || first == "_all" else {
            return try await route(first, index: "", rest: Array(parts.dropFirst()), request)
        }
        guard parts.count > 1 else { return try index(first, request) }
        return try await route(parts[1], index: first, rest: Array(parts.dropFirst(2)), request)
    }

    private func route(_ api: String, index: String, rest: [String], _ request: SimRequest) async throws -> SimResponse
    {
        switch (api, request.method) {
        case ("_search", "GET"), ("_search", "POST"): return try await search(index, request)
        case ("_msearch", "GET"), ("_msearch", "POST"): return await multiSearch(index, request)
        case ("_count", "GET"), ("_count", "POST"): return try await count(index, request)
        case ("_pit", "POST"): return try openPoint(index, request)
        case ("_pit", "DELETE"): return try closePoint(request)
        case ("_async_search", _): return try await asyncSearch(index, rest, request)
        case ("_field_caps", "GET"), ("_field_caps", "POST"): return try fieldCapabilities(index, request)
        case ("_mapping", "GET"): return try mapping(index, request)
        case ("_resolve", "GET") where rest.first == "index": return resolveIndex(rest.dropFirst().first ?? "*")
        case ("_cat", "GET") where rest.first == "indices": return try catIndices(rest.dropFirst().first ?? "", request)
        case ("_cluster", "GET") where rest.first == "health": return .json(health)
        case ("_data_stream", "GET"): return .json(["data_streams": []])
        default:
            return .json(
                ["error": .string("no handler found for uri [\(request.path)] and method [\(request.method)]")],
                status: 400)
        }
    }

    /// The query's parameters that are no search's.
    static func checkParameters(_ request: SimRequest, allowed: Set<String>) throws(ElasticError) {
        let common: Set<String> = [
            "pretty", "human", "error_trace", "filter_path", "format", "source", "source_content_type",
        ]
        guard let stranger = request.query.first(where: { !allowed.contains($0.name) && !common.contains($0.name) })
        else { return }
        throw .illegal("request [\(request.path)] contains unrecognized parameter: [\(stranger.name)]")
    }

    /// A body that must be JSON, or nothing.
    static func body(_ bytes: [UInt8]) throws(ElasticError) -> SimJSON {
        guard bytes.contains(where: { $0 > 0x20 }) else { return .emptyObject }
        do {
            return try SimJSON(parsing: bytes)
        } catch {
            throw ElasticError(type: "x_content_parse_exception", reason: "[1:1] \(error)", status: 400)
        }
    }

    private var greeting: SimJSON {
        [
            "name": "lantern-es-0", "cluster_name": "lanternpay-logs", "cluster_uuid": "Lt4rN-pAyL0gS_0000001",
            "version": [
                "number": .string(Self.version), "build_flavor": "default", "build_type": "docker",
                "build_hash": "253e8544a65ad44581194068936f2a5d57c2c051",
                "build_date": "2024-09-02T22:04:47.310170297Z",
                "build_snapshot": false, "lucene_version": "9.11.1", "minimum_wire_compatibility_version": "7.17.0",
                "minimum_index_compatibility_version": "7.0.0",
            ],
            "tagline": "You Know, for Search",
        ]
    }
}

extension SimResponse {
    fileprivate var isJSON: Bool { headers.first { $0.name == "Content-Type" }?.value == "application/json" }
}
