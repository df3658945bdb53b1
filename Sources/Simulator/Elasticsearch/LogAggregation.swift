import Foundation

/// One aggregation: a bucket for each key it meets, or a single figure.
final class LogAggregation {
    private enum Kind {
        case histogram(HistogramSpec)
        case terms(ElasticField, size: Int, byKey: Bool, ascending: Bool)
        case filters([(name: String, query: ElasticQuery)])
        case filter(ElasticQuery)
        case missing(ElasticField)
        case cardinality(ElasticField)
        case valueCount(ElasticField)
        case minimum, maximum
    }

    private struct Bucket {
        var count = 0
        var children: LogAggregations?
    }

    private let kind: Kind
    private let children: SimJSON
    private let bounds: Range<Int64>
    private let now: Date
    private var moments: [Int64: Bucket] = [:]
    private var words: [String: Bucket] = [:]
    private var single = Bucket()
    private var extreme: Int64?

    init(name: String, kind: String, _ body: SimJSON, children: SimJSON, bounds: Range<Int64>, now: Date)
        throws(ElasticError)
    {
        self.children = children
        self.bounds = bounds
        self.now = now
        self.kind = try Self.kind(kind, body, bounds: bounds, now: now)
        // What is wrong inside shall be told also when there is no hit.
        if !children.isNull { _ = try LogAggregations(children, bounds: bounds, now: now) }
        if case .filters(let filters) = self.kind { for filter in filters { words[filter.name] = bucket() } }
        single = bucket()
    }

    var needsText: Bool {
        let own =
            switch kind {
            case .terms(let field, _, _, _), .cardinality(let field), .valueCount(let field), .missing(let field):
                field.needsText
            case .filter(let query): query.needsText
            case .filters(let filters): filters.contains { $0.query.needsText }
            case .histogram, .minimum, .maximum: false
            }
        return own || single.children?.needsText == true
    }

    func add(_ hit: LogHit) {
        switch kind {
        case .histogram(let spec): count(hit, in: &moments[spec.key(of: hit.line.timestamp), default: bucket()])
        case .terms(let field, _, _, _), .cardinality(let field), .valueCount(let field):
            guard let value = hit.value(of: field) else { return }
            single.count += 1
            count(hit, in: &words[String(decoding: value, as: UTF8.self), default: bucket()])
        case .missing(let field): if hit.value(of: field) == nil { count(hit, in: &single) }
        case .filter(let query): if query.resolved(for: hit.source).matches(hit) { count(hit, in: &single) }
        case .filters(let filters):
            for filter in filters where filter.query.resolved(for: hit.source).matches(hit) {
                count(hit, in: &words[filter.name, default: bucket()])
            }
        case .minimum: extreme = min(extreme ?? .max, hit.line.timestamp)
        case .maximum: extreme = max(extreme ?? .min, hit.line.timestamp)
        }
    }

    var json: SimJSON {
        switch kind {
        case .histogram(let spec): histogram(spec)
        case .terms(_, let size, let byKey, let ascending): terms(size: size, byKey: byKey, ascending: ascending)
        case .filters(let filters):
            ["buckets": .object(SimObject(filters.map { ($0.name, Self.json(of: words[$0.name] ?? Bucket())) }))]
        case .filter, .missing: Self.json(of: single)
        case .cardinality: ["value": .int(words.count)]
        case .valueCount: ["value": .int(single.count)]
        case .minimum, .maximum:
            extreme.map { ["value": .double(Double($0.milliseconds)), "value_as_string": .string($0.isoMilliseconds)] }
                ?? ["value": .null]
        }
    }

    private func bucket() -> Bucket {
        guard !children.isNull else { return Bucket() }
        // It was read without a complaint before.
        return Bucket(children: try? LogAggregations(children, bounds: bounds, now: now))
    }

    private func count(_ hit: LogHit, in bucket: inout Bucket) {
        bucket.count += 1
        bucket.children?.add(hit)
    }

    private static func json(of bucket: Bucket, key: [(String, SimJSON)] = []) -> SimJSON {
        .object(
            SimObject(
                key + [("doc_count", .int(bucket.count))]
                    + (bucket.children?.json.members.map { ($0.key, $0.value) } ?? [])))
    }

    private func histogram(_ spec: HistogramSpec) -> SimJSON {
        var keys = Set(moments.keys)
        if spec.minimumCount == 0 { keys.formUnion(spec.filled(from: keys.min(), through: keys.max())) }
        let buckets = keys.sorted().map { key in (key, moments[key] ?? bucket()) }.filter {
            $0.1.count >= spec.minimumCount
        }
        var json: SimJSON = [
            "buckets": .array(
                buckets.map { key, bucket in
                    Self.json(
                        of: bucket,
                        key: [("key_as_string", .string(key.isoMilliseconds)), ("key", .int(key.milliseconds))])
                })
        ]
        if let name = spec.intervalName { json["interval"] = .string(name) }
        return json
    }

    private func terms(size: Int, byKey: Bool, ascending: Bool) -> SimJSON {
        let sorted = words.sorted { one, two in
            if !byKey, one.value.count != two.value.count { return (one.value.count < two.value.count) == ascending }
            return byKey && !ascending ? one.key > two.key : one.key < two.key
        }
        return [
            "doc_count_error_upper_bound": 0,
            "sum_other_doc_count": .int(sorted.dropFirst(size).reduce(0) { $0 + $1.value.count }),
            "buckets": .array(sorted.prefix(size).map { Self.json(of: $0.value, key: [("key", .string($0.key))]) }),
        ]
    }

    private static func kind(_ kind: String, _ body: SimJSON, bounds: Range<Int64>, now: Date) throws(ElasticError)
        -> Kind
    {
        let parser = ElasticQueryParser(now: now)
        switch kind {
        case "date_histogram", "auto_date_histogram":
            return .histogram(try HistogramSpec(body, isAutomatic: kind.hasPrefix("auto"), bounds: bounds, now: now))
        case "terms":
            let order = body["order"].arrayValue?.first ?? body["order"]
            let member = order.members.first
            return .terms(
                try field(body), size: body["size"].intValue ?? 10, byKey: member?.key == "_key",
                ascending: member.map { $0.value.stringValue == "asc" } ?? false)
        case "filter": return .filter(try parser.parse(body))
        case "filters":
            var filters: [(name: String, query: ElasticQuery)] = []
            for member in body["filters"].members { filters.append((member.key, try parser.parse(member.value))) }
            return .filters(filters)
        case "missing": return .missing(try field(body))
        case "cardinality": return .cardinality(try field(body))
        case "value_count": return .valueCount(try field(body))
        case "min": return .minimum
        case "max": return .maximum
        default:
            var error = ElasticError.parsing("Unknown aggregation type [\(kind)]")
            error.details["caused_by"] = [
                "type": "named_object_not_found_exception", "reason": .string("[1:1] unknown field [\(kind)]"),
            ]
            throw error
        }
    }

    private static func field(_ body: SimJSON) throws(ElasticError) -> ElasticField {
        let name = body["field"].stringValue ?? ""
        // A field that is not mapped has no values; neither has a label that nobody wears.
        guard let field = ElasticField(name) ?? ElasticField("kubernetes.labels..keyword") else {
            throw .textField(name)
        }
        guard !field.isText else { throw .textField(name) }
        return field
    }
}
