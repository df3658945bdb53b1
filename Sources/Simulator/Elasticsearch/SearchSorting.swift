/// What a hit sorts by, and what `search_after` compares with.
enum SortValue: Sendable, Equatable {
    case number(Int)
    case bytes([UInt8])
    case missing

    /// Missing values go last, whichever the direction.
    func precedes(_ other: SortValue, ascending: Bool) -> Bool? {
        switch (self, other) {
        case (.number(let one), .number(let two)): one == two ? nil : (one < two) == ascending
        case (.bytes(let one), .bytes(let two)): one == two ? nil : one.lexicographicallyPrecedes(two) == ascending
        case (.missing, .missing): nil
        case (.missing, _): false
        case (_, .missing): true
        default: nil
        }
    }
}

extension SearchRequest.SortKey {
    func value(of hit: LogHit) -> SortValue {
        switch order {
        case .timestamp: .number(hit.line.timestamp.milliseconds)
        case .tieBreak: .number(hit.tieBreak)
        case .score: .number(1)
        case .keyword(let field): hit.value(of: field).map { .bytes($0) } ?? .missing
        }
    }

    /// The value as `sort` of a hit shows it.
    func json(_ value: SortValue) -> SimJSON {
        switch value {
        case .missing: .null
        case .bytes(let bytes): .string(String(decoding: bytes, as: UTF8.self))
        case .number(let number):
            if order == .timestamp, let format, format != "epoch_millis" {
                .string((Int64(number) * 1_000_000).isoMilliseconds)
            } else {
                .int(number)
            }
        }
    }

    /// The value as a client sends it back in `search_after`.
    func value(of json: SimJSON) throws(ElasticError) -> SortValue {
        guard !json.isNull else { return .missing }
        switch order {
        case .keyword: return .bytes(ElasticQueryParser.bytes(json))
        case .timestamp:
            let moment = try DateMath.nanoseconds(json, now: .distantPast, roundUp: false)
            return .number(moment.milliseconds)
        case .tieBreak, .score:
            guard let number = json.intValue ?? json.stringValue.flatMap({ Int($0) }) else {
                throw .illegal("Failed to parse search_after value for field [_shard_doc].", fromShards: true)
            }
            return .number(number)
        }
    }
}

extension [SearchRequest.SortKey] {
    func values(of hit: LogHit) -> [SortValue] { map { $0.value(of: hit) } }

    func precedes(_ one: [SortValue], _ other: [SortValue]) -> Bool {
        for (index, key) in enumerated() {
            if let answer = one[index].precedes(other[index], ascending: key.isAscending) { return answer }
        }
        return false
    }
}

extension Int64 {
    /// Nanoseconds since 1970 as Elasticsearch writes dates: `2026-11-22T13:44:16.123Z`.
    var isoMilliseconds: String {
        var writer = LineWriter()
        writer.iso(CalendarTime(nanoseconds: self))
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
