import Foundation

extension ElasticsearchService {
    /// `GET /INDEX`
    func index(_ name: String, _ request: SimRequest) throws(ElasticError) -> SimResponse {
        guard request.method == "GET" || request.method == "HEAD" else {
            throw .illegal("this simulated Elasticsearch takes no writes: \(request.method) [\(request.path)]")
        }
        let days = try catalog.days(named: name, ignoringMissing: false, at: state.clock.now)
        return .json(
            .object(
                SimObject(
                    days.map { day in
                        (
                            day.indexName,
                            [
                                "aliases": .emptyObject, "mappings": Self.mappings,
                                "settings": [
                                    "index": [
                                        "number_of_shards": "1", "number_of_replicas": "1",
                                        "creation_date": .string("\(day.milliseconds)"),
                                        "provided_name": .string(day.indexName),
                                    ]
                                ],
                            ]
                        )
                    })))
    }

    /// `GET /INDEX/_mapping`
    func mapping(_ name: String, _ request: SimRequest) throws(ElasticError) -> SimResponse {
        let days = try catalog.days(
            named: name, ignoringMissing: request.flag("ignore_unavailable"), at: state.clock.now)
        return .json(.object(SimObject(days.map { ($0.indexName, ["mappings": Self.mappings]) })))
    }

    /// `GET /_resolve/index/PATTERN`
    func resolveIndex(_ pattern: String) -> SimResponse {
        // A name that is not there resolves to nothing.
        let days = (try? catalog.days(named: pattern, ignoringMissing: true, at: state.clock.now)) ?? []
        let indices = days.map {
            SimJSON.object(SimObject([("name", .string($0.indexName)), ("attributes", ["open"])]))
        }
        return .json(["indices": .array(indices), "aliases": [], "data_streams": []])
    }

    /// `GET /_cat/indices`
    func catIndices(_ pattern: String, _ request: SimRequest) throws(ElasticError) -> SimResponse {
        let now = state.clock.now
        let days = try catalog.days(named: pattern, ignoringMissing: false, at: now)
        let columns =
            request.parameter("h")?.split(separator: ",").map(String.init) ?? [
                "health", "status", "index", "uuid", "pri", "rep", "docs.count", "docs.deleted", "store.size",
                "pri.store.size", "dataset.size",
            ]
        let rows = days.map { day in
            let count = catalog.estimatedCount(day: day, at: now)
            var generator = SeededGenerator(seed: state.company.seed, day.indexName)
            let values = [
                "health": "green", "status": "open", "index": day.indexName, "uuid": String(generator.hex(22)),
                "pri": "1", "rep": "1",
                "docs.count": "\(count)", "docs.deleted": "0", "store.size": Self.size(count * 620),
                "pri.store.size": Self.size(count * 310),
                "dataset.size": Self.size(count * 310), "creation.date": "\(day.milliseconds)",
                "creation.date.string": day.isoMilliseconds,
            ]
            return columns.map { ($0, values[$0] ?? "") }
        }
        guard request.parameter("format") == "json" else {
            let text = rows.map { $0.map(\.1).joined(separator: " ") + "\n" }.joined()
            return .text(text)
        }
        return .json(.array(rows.map { row in .object(SimObject(row.map { ($0.0, .string($0.1)) })) }))
    }

    /// `GET /INDEX/_field_caps?fields=…`
    func fieldCapabilities(_ index: String, _ request: SimRequest) throws(ElasticError) -> SimResponse {
        let wanted = try Self.body(request.body)["fields"]
        let names =
            (wanted.arrayValue ?? [wanted]).compactMap(\.stringValue)
            + (request.parameter("fields")?.split(separator: ",").map(String.init) ?? [])
        guard !names.isEmpty else {
            throw ElasticError(
                type: "action_request_validation_exception", reason: "Validation Failed: 1: no fields specified;",
                status: 400)
        }
        let days = try catalog.days(
            named: index, ignoringMissing: request.flag("ignore_unavailable"), at: state.clock.now)
        let patterns = names.map { WildcardPattern($0) }
        var fields: [(String, SimJSON)] = [
            ("_id", Self.capability("_id", isMeta: true)), ("_index", Self.capability("_index", isMeta: true)),
            ("docker", Self.capability("object")), ("kubernetes", Self.capability("object")),
            ("kubernetes.labels", Self.capability("object")),
        ]
        fields += ElasticField.all.map { ($0.name, Self.capability($0.type)) }
        let chosen = fields.filter { field in patterns.contains { $0.matches(field.0) } }
        return .json([
            "indices": .array(days.map { .string($0.indexName) }), "fields": .object(SimObject(chosen)),
        ])
    }

    var health: SimJSON {
        let count = catalog.days(at: state.clock.now).count
        return [
            "cluster_name": "lanternpay-logs", "status": "green", "timed_out": false, "number_of_nodes": 3,
            "number_of_data_nodes": 3,
            "active_primary_shards": .int(count), "active_shards": .int(count * 2), "relocating_shards": 0,
            "initializing_shards": 0,
            "unassigned_shards": 0, "delayed_unassigned_shards": 0, "number_of_pending_tasks": 0,
            "number_of_in_flight_fetch": 0,
            "task_max_waiting_in_queue_millis": 0, "active_shards_percent_as_number": 100.0,
        ]
    }

    private static func capability(_ type: String, isMeta: Bool = false) -> SimJSON {
        let isSearchable = type != "object"
        return .object(
            SimObject([
                (
                    type,
                    [
                        "type": .string(type), "metadata_field": .bool(isMeta), "searchable": .bool(isSearchable),
                        "aggregatable": .bool(isSearchable && type != "text" && type != "_id"),
                    ]
                )
            ]))
    }

    /// What dynamic mapping made of the documents.
    private static let mappings: SimJSON = {
        var properties = SimJSON.emptyObject
        for field in ElasticField.all where !field.isKeyword {
            let leaf: SimJSON =
                field.source == .timestamp
                ? ["type": "date"] : ["type": "text", "fields": ["keyword": ["type": "keyword", "ignore_above": 256]]]
            properties = adding(leaf, at: path(field.name), to: properties)
        }
        return ["properties": properties]
    }()

    /// A label's name is one step, whatever is in it.
    private static func path(_ name: String) -> [String] {
        let parts = name.split(separator: ".").map(String.init)
        return parts.count > 2 ? Array(parts[..<2]) + [parts[2...].joined(separator: ".")] : parts
    }

    private static func adding(_ leaf: SimJSON, at path: [String], to properties: SimJSON) -> SimJSON {
        var properties = properties
        guard path.count > 1 else {
            properties[path[0]] = leaf
            return properties
        }
        let inner = properties.at(path[0], "properties")
        properties[path[0]] = [
            "properties": adding(leaf, at: Array(path.dropFirst()), to: inner.isNull ? .emptyObject : inner)
        ]
        return properties
    }

    private static func size(_ bytes: Int) -> String {
        switch bytes {
        case ..<1024: "\(bytes)b"
        case ..<1_048_576: "\(bytes / 1024)kb"
        case ..<1_073_741_824: "\(bytes / 104_858 / 10).\(bytes / 104_858 % 10)mb"
        default: "\(bytes / 107_374_182 / 10).\(bytes / 107_374_182 % 10)gb"
        }
    }
}
