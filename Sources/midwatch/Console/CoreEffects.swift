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
        case .order(_, .plan): return Notice("changes are not joined to the servers yet", .warning)
        case .order, .session, .forward, .lift: return nil
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
