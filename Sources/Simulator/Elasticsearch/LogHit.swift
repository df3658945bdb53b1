import Foundation

/// One document: a line of a source.
struct LogHit: Sendable {
    var source: LogSource
    var line: SimLogLine

    /// Unique, and in the order of writing within a source; what `_doc` and `_shard_doc` sort by.
    var tieBreak: Int { source.number << 32 | (line.ordinal & 0xFFFF_FFFF) }

    /// Twenty characters, the same whenever one asks.
    var identifier: String {
        let first = StableHash.mix(source.container.logKey, UInt64(line.ordinal))
        let second = StableHash.finish(first)
        let bytes = withUnsafeBytes(of: first.bigEndian, Array.init) + withUnsafeBytes(of: second.bigEndian, Array.init)
        return Data(bytes.prefix(15)).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
    }

    /// What a field holds as text; nil where the document has none.
    func value(of field: ElasticField) -> [UInt8]? {
        switch field.source {
        case .timestamp: Array(line.timestamp.isoNanoseconds.utf8)
        // A keyword longer than 256 characters is not indexed.
        case .log: field.isKeyword && line.text.count > 256 ? nil : line.text
        case .stream: Array(line.stream.rawValue.utf8)
        case .identifier: Array(identifier.utf8)
        case .index: Array(line.timestamp.indexName.utf8)
        case .container(let path): source.fields[path].map { Array($0.utf8) }
        }
    }
}
