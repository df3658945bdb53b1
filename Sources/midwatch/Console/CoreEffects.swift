import Console
import Core
import Foundation
import PaneKit

/// Carries the console's effects to Core and to the person's files.
final class CoreEffects: EffectHandler {
    private let hub: FeedHub
    private let folder: URL

    init(_ hub: FeedHub, variables: [String: String]) {
        self.hub = hub
        folder = StateFolder(variables).url.appending(path: "saved")
    }

    func perform(_ effect: Effect) -> Notice? {
        switch effect {
        case .subscribe(let feed): hub.subscribe(feed)
        case .unsubscribe(let feed): hub.unsubscribe(feed)
        case .loadOlder(let feed): hub.loadOlder(feed)
        case .refresh(let feed): hub.refresh(feed)
        case .save(let text, let name): return save(text, name)
        default: preconditionFailure("the console keeps \(effect) to itself")
        }
        return nil
    }

    private func save(_ text: String, _ name: String) -> Notice {
        let stamp = ISO8601DateFormatter().string(from: Date()).replacing(":", with: "")
        let file = folder.appending(path: "\(stamp)-\(SafeFileName(name).text)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try PrivateFile.write(text, to: file)
            return Notice("saved to \(file.path)")
        } catch {
            return Notice("could not save to \(file.path): \(error.localizedDescription)", .failure)
        }
    }
}

/// `$XDG_STATE_HOME/midwatch`: what midwatch writes for the person and for itself.
struct StateFolder {
    let url: URL

    init(_ variables: [String: String]) {
        let base =
            variables["XDG_STATE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? (variables["HOME"] ?? NSHomeDirectory()) + "/.local/state"
        url = URL(filePath: base).appending(path: "midwatch")
    }
}

/// A name made by a server, fit for a file: no separators, nothing hidden, nothing invisible.
struct SafeFileName {
    let text: String

    init(_ name: String) {
        let kept = name.unicodeScalars.map { scalar -> Character in
            let isFine =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_.".unicodeScalars.contains(scalar))
            return isFine ? Character(scalar) : "-"
        }
        let trimmed = String(kept).drop { $0 == "." || $0 == "-" }
        text = trimmed.isEmpty ? "midwatch" : String(trimmed.suffix(120))
    }
}

/// Files that only their owner can read.
enum PrivateFile {
    static func write(_ text: String, to file: URL) throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        try FileHandle(fileDescriptor: descriptor, closeOnDealloc: true).write(contentsOf: Data(text.utf8))
    }
}
