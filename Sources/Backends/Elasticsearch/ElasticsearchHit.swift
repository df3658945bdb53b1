import JSON
import Model

/// One document of a search, read as a log line.
struct ElasticsearchHit: Sendable {
    let id: String
    /// The value it was sorted by, in the unit of the time field.
    let sort: Int
    var line: LogLine
    /// The container runtime cut the line here (CRI's tag P): its rest is in the next document.
    let isPartial: Bool

    /// The parts of a document that are needed; asking for no more saves most of the bytes.
    static let sources =
        ElasticsearchFields.times + ElasticsearchFields.messages + ["logtag", "log.offset"]
        + ElasticsearchFields.pods + ElasticsearchFields.containers

    /// nil for a document without time or text.
    init?(_ hit: JSONValue, query: ElasticsearchLogQuery, fields: ElasticsearchFields) {
        guard let source = hit["_source"], let sort = hit["sort"]?[0]?.int,
            let time = Self.time(Self.value(fields.time, in: source), sort: sort),
            let text = ElasticsearchFields.messages.lazy.compactMap({ Self.text(Self.value($0, in: source)) }).first
        else { return nil }
        let pod = Self.first(ElasticsearchFields.pods, in: source) ?? query.onlyPod ?? ""
        let container = Self.first(ElasticsearchFields.containers, in: source) ?? query.container ?? ""
        id = hit["_id"]?.string ?? ""
        self.sort = sort
        isPartial = source["logtag"]?.string == "P"
        line = LogLine(
            time: time, source: LogSource(namespace: query.namespace, pod: pod, container: container),
            origin: .history, text: text)
    }

    /// A value by its dotted name: nested, as most shippers write it, or flat under the whole name.
    private static func value(_ name: String, in source: JSONValue) -> JSONValue? {
        if let flat = source[name] { return flat }
        var value = source
        for part in name.split(separator: ".") {
            guard let next = value[String(part)] else { return nil }
            value = next
        }
        return value
    }

    private static func first(_ names: [String], in source: JSONValue) -> String? {
        names.lazy.compactMap { value($0, in: source)?.string }.first
    }

    /// A line's bytes without the newline that some shippers keep; nil where the field holds an object.
    private static func text(_ value: JSONValue?) -> [UInt8]? {
        value?.withUTF8 { bytes in
            var end = bytes.count
            if end > 0, bytes[end - 1] == UInt8(ascii: "\n") { end -= 1 }
            if end > 0, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
            return Array(bytes[..<end])
        }
    }

    /// The document's own text of the time, which may be finer than what the index keeps; else what it was sorted by.
    private static func time(_ value: JSONValue?, sort: Int) -> Timestamp? {
        if let text = value?.string, let time = Timestamp(rfc3339: text) { return time }
        // A date field sorts by milliseconds, a date_nanos field by nanoseconds; the first reach the year 5000 here.
        let isNanoseconds = sort > 100_000_000_000_000
        let (nanoseconds, isTooLarge) = Int64(sort).multipliedReportingOverflow(by: isNanoseconds ? 1 : 1_000_000)
        return isTooLarge ? nil : Timestamp(nanoseconds: nanoseconds)
    }
}
