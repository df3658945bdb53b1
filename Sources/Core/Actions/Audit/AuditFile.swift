import Foundation

/// The audit file: JSON lines, readable by its owner only, never rewritten. Each line is on the disk before `append` returns.
public struct AuditFile: AuditWriting {
    public let url: URL

    /// `audit.jsonl` in the person's state folder.
    public init(folder: URL) { url = folder.appending(path: "audit.jsonl") }

    /// Another file, for `/dev/full` and its like.
    init(file: URL) { url = file }

    public func append(_ line: [UInt8]) throws(AuditFault) {
        let descriptor = try opened()
        defer { close(descriptor) }
        var rest = line[...]
        // One write, so that lines of two programs do not mix; the loop is for what a signal cut short.
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw fault(errno) }
            rest = rest.dropFirst(count)
        }
        // EINVAL: what is no file (a pipe, a device) has nothing to flush.
        guard fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS else { throw fault(errno) }
    }

    private func opened() throws(AuditFault) -> Int32 {
        // Without waiting, so that a pipe in its place hangs nobody.
        let flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        var descriptor = open(url.path, flags, 0o600)
        if descriptor < 0, errno == ENOENT {
            // A folder that cannot be made is told by the next try.
            try? FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            descriptor = open(url.path, flags, 0o600)
        }
        guard descriptor >= 0 else { throw fault(errno) }
        // One that was there before may be open to others; where it is not ours to change, it is not.
        fchmod(descriptor, 0o600)
        return descriptor
    }

    private func fault(_ code: Int32) -> AuditFault {
        AuditFault(message: "cannot write the audit file \(url.path): \(String(cString: strerror(code)).lowercased())")
    }
}
