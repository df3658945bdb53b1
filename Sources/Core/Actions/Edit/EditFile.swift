import Foundation
import Model

/// The file that a person edits: readable by them alone, with remarks at its head that are no part of the text.
struct EditFile: Sendable {
    let url: URL

    /// Makes a new one in the person's folder. Throws `ActionRefusal`.
    init(for reference: ObjectReference, in folder: URL?, mark: String) throws {
        guard let folder else {
            throw ActionRefusal(.invalid, "there is no place for the text: neither XDG_STATE_HOME nor HOME is set")
        }
        let plain = "\(reference.kind.singular)-\(reference.name)".map {
            $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-"
        }
        url = folder.appending(path: "edit/\(String(plain).prefix(100))-\(mark).yaml")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw ActionRefusal(.invalid, "cannot make the folder \(url.deletingLastPathComponent().path)")
        }
    }

    /// Writes the text with remarks above it; gives how many lines those are.
    @discardableResult
    func write(_ text: String, remarks: [String]) throws -> Int {
        let head = remarks.map { $0.isEmpty ? "#" : "# \($0)" }
        let bytes = Array((head + [text]).joined(separator: "\n").utf8)
        // A new file each time: an editor may have left the old one with other rights.
        try? FileManager.default.removeItem(at: url)
        let descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw fault("written", errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw fault("written", errno) }
            rest = rest.dropFirst(count)
        }
        return head.count
    }

    /// The text without the remarks at its head, and how many lines those were.
    func read() throws -> (text: String, remarks: Int) {
        guard let data = FileManager.default.contents(atPath: url.path) else { throw fault("read", errno) }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ActionRefusal(.invalid, "the text is not UTF-8", hint: "it is kept in \(url.path)")
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let remarks = lines.prefix { $0.hasPrefix("#") }.count
        return (lines.dropFirst(remarks).joined(separator: "\n"), remarks)
    }

    func remove() {
        // One that is gone already needs no removing.
        try? FileManager.default.removeItem(at: url)
    }

    private func fault(_ verb: String, _ code: Int32) -> ActionRefusal {
        ActionRefusal(.invalid, "\(url.path) cannot be \(verb): \(String(cString: strerror(code)).lowercased())")
    }
}
