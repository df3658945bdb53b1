import Foundation

/// Turns files of this machine into an archive, piece by piece.
struct Packing {
    private static let piece = 256 << 10
    private let root: String
    private let named: String
    private(set) var files = 0
    private(set) var bytes = 0
    private(set) var leftOut: [String] = []

    /// `named` is what the file or folder is called in the archive.
    init(_ path: String, as named: String) {
        root = path
        self.named = named
    }

    /// Hands over the whole archive.
    mutating func run(_ put: ([UInt8]) async throws -> Void) async throws {
        try await add(root, named, put)
        try await put(TarWriter.end)
    }

    private mutating func add(_ path: String, _ name: String, _ put: ([UInt8]) async throws -> Void) async throws {
        try Task.checkCancellation()
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ELOOP, path != root { return leftOut.append(path) }
            throw TarFault("cannot read \(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw TarFault("cannot read \(path): \(String(cString: strerror(errno)))")
        }
        var entry = TarEntry(
            name: Array(name.utf8), kind: .file, size: Int(status.st_size), mode: status.st_mode & 0o777,
            modified: status.st_mtim.tv_sec)
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            try await put(TarWriter.head(entry))
            try await contents(of: descriptor, path, size: entry.size, put)
            files += 1
        case S_IFDIR:
            entry.kind = .directory
            entry.size = 0
            entry.name.append(UInt8(ascii: "/"))
            try await put(TarWriter.head(entry))
            for child in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
                try await add(path + "/" + child, name + "/" + child, put)
            }
        default: leftOut.append(path)
        }
    }

    /// Exactly as many bytes as the header said: what the file loses meanwhile ends it, what it gains is left out.
    private mutating func contents(
        of descriptor: Int32, _ path: String, size: Int, _ put: ([UInt8]) async throws -> Void
    ) async throws {
        var left = size
        while left > 0 {
            let wanted = min(left, Self.piece)
            let chunk = [UInt8](unsafeUninitializedCapacity: wanted) { room, count in
                count = max(0, read(descriptor, room.baseAddress, wanted))
            }
            guard !chunk.isEmpty else { throw TarFault("\(path) became shorter while it was read") }
            try await put(chunk)
            left -= chunk.count
            bytes += chunk.count
        }
        try await put(TarWriter.padding(after: size))
    }
}
