import Synchronization

/// A file that is read from its beginning on; what is appended meanwhile is read too.
final class FileReader: ByteSource {
    private let files: FileSystem
    private let info: FileInfo
    private let offset = Mutex(0)

    init(_ files: FileSystem, _ info: FileInfo) {
        self.files = files
        self.info = info
    }

    var isDevice: Bool { if case .device = info.node.kind { true } else { false } }

    func read(atMost limit: Int) async throws -> [UInt8]? {
        try Task.checkCancellation()
        let count = min(limit, 1 << 16)
        if case .device(let device) = info.node.kind { return Self.read(device, count) }
        let bytes = offset.withLock { offset in
            let bytes = files.read(info.number, at: offset, count: count)
            offset += bytes.count
            return bytes
        }
        return bytes.isEmpty ? nil : bytes
    }

    /// Goes to the place so many bytes before the end.
    func seek(fromEnd count: Int) { offset.withLock { $0 = max(0, info.size - count) } }

    private static let zeros = [UInt8](repeating: 0, count: 1 << 16)

    private static func read(_ device: FileNode.Device, _ count: Int) -> [UInt8]? {
        switch device {
        case .zero: count == zeros.count ? zeros : Array(zeros.prefix(count))
        case .random: (0..<count).map { _ in UInt8.random(in: 0...255) }
        case .null, .tty: nil
        }
    }
}

/// A file that is written to at its end.
struct FileWriter: ByteSink {
    let files: FileSystem
    let number: Int

    func write(_ bytes: [UInt8]) async throws {
        try Task.checkCancellation()
        try files.append(bytes, to: number)
    }
}
