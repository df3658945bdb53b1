import Foundation
import PaneKit

/// Former answers of prompts, kept between sessions in the person's state folder.
struct HistoryFile {
    private let file: URL

    init(_ variables: [String: String]) { file = StateFolder(variables).url.appending(path: "history.json") }

    /// What was kept; nothing when the file is missing or is no history of ours.
    func read() -> History {
        // A history that cannot be read is worth no error: it is a comfort.
        guard let data = try? Data(contentsOf: file),
            let lines = try? JSONDecoder().decode([String: [String]].self, from: data)
        else { return History() }
        return History(lines: lines)
    }

    func write(_ history: History) {
        // As above: a full disk must not stand between a person and the shell.
        guard let data = try? JSONEncoder().encode(history.lines) else { return }
        try? FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let fresh = file.appendingPathExtension("new")
        try? FileManager.default.removeItem(at: fresh)
        guard (try? PrivateFile.write(String(decoding: data, as: UTF8.self), to: fresh)) != nil else { return }
        _ = rename(fresh.path, file.path)
    }
}
