import Synchronization

/// Whole inputs and lines of them.
enum Bytes {
    /// Everything a source gives, up to a limit.
    static func all(of source: any ByteSource, limit: Int = 256 << 20) async throws -> [UInt8] {
        var all: [UInt8] = []
        while let chunk = try await source.read(atMost: 1 << 16) {
            all += chunk
            guard all.count <= limit else { throw ProgramError("out of memory") }
        }
        return all
    }
}

/// Reads a source line by line.
struct LineReader {
    private let source: any ByteSource
    private var buffer: [UInt8] = []
    private var at = 0
    private var isEnded = false

    init(_ source: any ByteSource) { self.source = source }

    /// The next line without its newline; nil at the end.
    mutating func next() async throws -> [UInt8]? {
        var searched = at
        while true {
            if let newline = buffer[searched...].firstIndex(of: 0x0a) {
                defer { at = newline + 1 }
                return Array(buffer[at..<newline])
            }
            searched = buffer.count
            guard !isEnded, let chunk = try await source.read(atMost: 1 << 16) else {
                isEnded = true
                defer { (buffer, at) = ([], 0) }
                return at < buffer.count ? Array(buffer[at...]) : nil
            }
            if at > 0 {
                buffer.removeFirst(at)
                searched -= at
                at = 0
            }
            buffer += chunk
            guard buffer.count < 64 << 20 else { throw ProgramError("line too long") }
        }
    }

    mutating func nextText() async throws -> String? { try await next().map { String(decoding: $0, as: UTF8.self) } }
}

/// Bytes that were read too early.
final class Buffer: Sendable {
    private let bytes = Mutex<ArraySlice<UInt8>>([])

    func put(back more: ArraySlice<UInt8>) { bytes.withLock { $0 = more + $0 } }

    func take(_ limit: Int) -> [UInt8]? {
        bytes.withLock { bytes in
            guard !bytes.isEmpty else { return nil }
            defer { bytes = bytes.dropFirst(limit) }
            return Array(bytes.prefix(limit))
        }
    }
}

/// Writes in larger pieces.
struct BufferedOutput {
    private let sink: any ByteSink
    private var buffer: [UInt8] = []

    init(_ sink: any ByteSink) { self.sink = sink }

    mutating func write(_ bytes: some Sequence<UInt8>) async throws {
        buffer += bytes
        if buffer.count >= 1 << 15 { try await flush() }
    }

    mutating func line(_ text: String) async throws { try await write(Array((text + "\n").utf8)) }

    mutating func flush() async throws {
        guard !buffer.isEmpty else { return }
        let full = buffer
        buffer = []
        try await sink.write(full)
    }
}
