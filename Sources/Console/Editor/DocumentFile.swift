import Foundation

/// A file of documents that the person names after `:apply` or `:create`.
public enum DocumentFile {
    struct Failure: Error { var reason: String }

    /// More than any API server takes in one request.
    private static let limit = 16 << 20

    /// Its text; `~/` stands for the home folder. Only ordinary files: a pipe would hold up every key.
    public static func read(_ path: String) throws -> String {
        let full = (path as NSString).expandingTildeInPath
        let descriptor = Foundation.open(full, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw Failure(reason: String(cString: strerror(errno)).lowercased()) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(reason: "it is no ordinary file")
        }
        guard status.st_size <= limit else { throw Failure(reason: "it is larger than 16 MB") }
        guard let data = try file.readToEnd(), !data.isEmpty else { throw Failure(reason: "it is empty") }
        guard let text = String(data: data, encoding: .utf8) else { throw Failure(reason: "it is no UTF-8 text") }
        return text
    }
}
