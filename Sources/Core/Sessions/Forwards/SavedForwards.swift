import Foundation
import Model
import Synchronization

/// The forwards that a person keeps under names, per environment, in a file of their state folder (0600).
final class SavedForwards: Sendable {
    struct Entry: Codable, Sendable, Equatable {
        struct Port: Codable, Sendable, Equatable {
            /// 0: any free one.
            var local: Int
            var remote: String
        }
        var name: String
        var environment: String
        var group: String
        var version: String
        var plural: String
        var kind: String
        var namespace: String?
        var object: String
        var ports: [Port]

        init(name: String, target: ObjectReference, ports: [Port]) {
            self.name = name
            environment = target.environment.name
            (group, version) = (target.kind.group, target.kind.version)
            (plural, kind) = (target.kind.plural, target.kind.kind)
            (namespace, object) = (target.namespace, target.name)
            self.ports = ports
        }

        var target: ObjectReference {
            ObjectReference(
                environment: EnvironmentID(environment),
                kind: ResourceKind(group: group, version: version, plural: plural, kind: kind), namespace: namespace,
                name: object)
        }
    }

    private let file: URL?
    private let entries: Mutex<[Entry]>

    init(folder: URL?) {
        file = folder?.appending(path: "forwards.json")
        // No file is the usual case; one that cannot be read is replaced by the next that is saved.
        let data = file.flatMap { try? Data(contentsOf: $0) }
        entries = Mutex(data.flatMap { try? JSONDecoder().decode([Entry].self, from: $0) } ?? [])
    }

    var all: [Entry] { entries.withLock { $0 } }

    /// Keeps an entry in place of one of the same name; nil forgets it. Throws what the file system says.
    func set(_ name: String, in environment: EnvironmentID, to entry: Entry?) throws {
        let all = entries.withLock { entries in
            entries.removeAll { $0.name == name && $0.environment == environment.name }
            if let entry { entries.append(entry) }
            return entries
        }
        guard let file else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try PrivateReplacement.write(try encoder.encode(all), to: file)
    }
}

/// Replaces a file whole or not at all; only its owner can read it.
enum PrivateReplacement {
    static func write(_ data: Data, to file: URL) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let other = file.path + ".\(ProcessInfo.processInfo.processIdentifier).new"
        // What an earlier run left behind.
        unlink(other)
        let descriptor = open(other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: data)
        guard rename(other, file.path) == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }
}
