import Glibc

/// The content of a small file, read whole and within a bound: kubeconfigs, tokens, certificates.
struct FileBytes {
    /// Why a file could not be read, in the system's own words, lower case.
    struct Fault: Error, Equatable {
        var code: Int32
        var words: String

        init(code: Int32) {
            self.code = code
            words = String(cString: strerror(code)).lowercased()
        }

        var isMissing: Bool { code == ENOENT || code == ENOTDIR }
    }

    var bytes: [UInt8]
    /// Permission bits.
    var mode: UInt32

    /// Works for pipes as well (`KUBECONFIG=<(…)`).
    init(path: String, limit: Int = 16 << 20) throws(Fault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Fault(code: errno) }
        defer { close(descriptor) }
        var state = stat()
        guard fstat(descriptor, &state) == 0 else { throw Fault(code: errno) }
        mode = state.st_mode & 0o777
        bytes = try Self.readAll(descriptor, limit: limit)
    }

    /// Changes whenever the file is written or replaced; nil when it cannot be looked at.
    static func fingerprint(of path: String) -> [Int64]? {
        var state = stat()
        guard stat(path, &state) == 0 else { return nil }
        return [
            Int64(state.st_mtim.tv_sec), Int64(state.st_mtim.tv_nsec), Int64(state.st_size),
            Int64(truncatingIfNeeded: state.st_ino),
        ]
    }

    private static func readAll(_ descriptor: Int32, limit: Int) throws(Fault) -> [UInt8] {
        var all: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return all }
            if count < 0 {
                guard errno == EINTR else { throw Fault(code: errno) }
                continue
            }
            all.append(contentsOf: chunk[..<count])
            guard all.count <= limit else { throw Fault(code: EFBIG) }
        }
    }
}
