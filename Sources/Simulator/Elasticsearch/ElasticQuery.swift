/// A query over log documents.
///
/// It is first resolved against each source, so that what concerns namespace, pod and the like is decided once a
/// container and not once a line.
indirect enum ElasticQuery: Sendable {
    case all
    case none
    case and([ElasticQuery])
    case or([ElasticQuery], atLeast: Int)
    case not(ElasticQuery)
    case leaf(ElasticField, ElasticTest)

    /// The query as it stands for the lines of one source.
    func resolved(for source: LogSource) -> ElasticQuery {
        switch self {
        case .all, .none: return self
        case .and(let parts): return Self.conjunction(parts.map { $0.resolved(for: source) })
        case .or(let parts, let atLeast):
            return Self.disjunction(parts.map { $0.resolved(for: source) }, atLeast: atLeast)
        case .not(let part):
            switch part.resolved(for: source) {
            case .all: return .none
            case .none: return .all
            case let other: return .not(other)
            }
        case .leaf(let field, let test):
            guard case .container(let path) = field.source else { return self }
            guard let value = source.fields[path] else { return .none }
            return test.matches(Array(value.utf8), of: field) ? .all : .none
        }
    }

    /// Whether a document meets it; for a query that was resolved against the document's source.
    func matches(_ hit: LogHit) -> Bool {
        switch self {
        case .all: true
        case .none: false
        case .and(let parts): parts.allSatisfy { $0.matches(hit) }
        case .or(let parts, let atLeast): Self.count(parts, hit, upTo: atLeast) >= atLeast
        case .not(let part): !part.matches(hit)
        case .leaf(let field, .time(let range)): field.source == .timestamp && range.contains(hit.line.timestamp)
        case .leaf(let field, let test): hit.value(of: field).map { test.matches($0, of: field) } ?? false
        }
    }

    /// Whether it looks at the text of a line.
    var needsText: Bool {
        switch self {
        case .all, .none: false
        case .and(let parts), .or(let parts, _): parts.contains(where: \.needsText)
        case .not(let part): part.needsText
        case .leaf(let field, _): field.needsText
        }
    }

    /// The stretch of time outside of which no document can meet it.
    var timeBounds: Range<Int64> {
        switch self {
        case .leaf(let field, .time(let range)) where field.source == .timestamp: range
        case .and(let parts):
            parts.reduce(Int64.min..<Int64.max) { bounds, part in bounds.clamped(to: part.timeBounds) }
        default: Int64.min..<Int64.max
        }
    }

    private static func conjunction(_ parts: [ElasticQuery]) -> ElasticQuery {
        var rest: [ElasticQuery] = []
        for part in parts {
            switch part {
            case .all: continue
            case .none: return .none
            default: rest.append(part)
            }
        }
        return rest.isEmpty ? .all : rest.count == 1 ? rest[0] : .and(rest)
    }

    private static func disjunction(_ parts: [ElasticQuery], atLeast: Int) -> ElasticQuery {
        var missing = atLeast
        var rest: [ElasticQuery] = []
        for part in parts {
            switch part {
            case .all: missing -= 1
            case .none: continue
            default: rest.append(part)
            }
        }
        if missing <= 0 { return .all }
        return rest.count < missing ? .none : .or(rest, atLeast: missing)
    }

    private static func count(_ parts: [ElasticQuery], _ hit: LogHit, upTo limit: Int) -> Int {
        var count = 0
        for part in parts where count < limit && part.matches(hit) { count += 1 }
        return count
    }
}
