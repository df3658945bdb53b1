import Foundation

/// Writes files below one folder of this machine and nowhere else, whatever names it is given.
///
/// Every step goes through open folders without following links, so that neither an archive nor a link that was there
/// before leads out of it. A file appears under its name only when it is whole.
final class TargetFolder {
    private let root: Int32
    private var open: (descriptor: Int32, folder: Int32, temporary: String, name: String, mode: UInt32)?

    /// The folder itself may be reached through links: it is the person's own wish.
    init(_ path: String) throws {
        root = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard root >= 0 else { throw Self.fault("cannot open the folder \(path)") }
    }

    deinit {
        discard()
        close(root)
    }

    func makeFolder(_ parts: [String]) throws { close(try folder(parts)) }

    /// Begins a file; `append` and `finish` follow.
    func begin(_ parts: [String], mode: UInt32) throws {
        guard let name = parts.last else { throw TarFault("a file has no name") }
        let folder = try folder(Array(parts.dropLast()))
        let temporary = ".midwatch-\(UInt64.random(in: 0 ... .max))"
        let descriptor = openat(folder, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let fault = Self.fault("cannot write \(parts.joined(separator: "/"))")
            close(folder)
            throw fault
        }
        open = (descriptor, folder, temporary, name, mode)
    }

    func append(_ bytes: ArraySlice<UInt8>) throws {
        guard let open else { return }
        var rest = bytes
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(open.descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw Self.fault("cannot write \(open.name)") }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// Puts the file in its place. A folder in that place stays; a link there is replaced, never followed.
    func finish() throws {
        guard let open else { return }
        fchmod(open.descriptor, open.mode & 0o777)
        guard renameat(open.folder, open.temporary, open.folder, open.name) == 0 else {
            throw Self.fault("cannot write \(open.name)")
        }
        close(open.descriptor)
        close(open.folder)
        self.open = nil
    }

    /// Takes away what is not whole.
    func discard() {
        guard let open else { return }
        unlinkat(open.folder, open.temporary, 0)
        close(open.descriptor)
        close(open.folder)
        self.open = nil
    }

    /// An open folder, made where it is not there.
    private func folder(_ parts: [String]) throws -> Int32 {
        var current = dup(root)
        for (index, part) in parts.enumerated() {
            var next = openat(current, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            if next < 0, errno == ENOENT, mkdirat(current, part, 0o755) == 0 || errno == EEXIST {
                next = openat(current, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            guard next >= 0 else {
                let isLink = errno == ELOOP || errno == ENOTDIR
                let place = parts[...index].joined(separator: "/")
                let fault =
                    isLink
                    ? TarFault("\(place) is a link or a file here, not a folder: nothing is written through it")
                    : Self.fault("cannot open the folder \(place)")
                close(current)
                throw fault
            }
            close(current)
            current = next
        }
        return current
    }

    private static func fault(_ words: String) -> TarFault { TarFault("\(words): \(String(cString: strerror(errno)))") }
}
