import Console
import Core
import Foundation
import Model
import PaneKit

/// Carries the console's effects to Core and to the person's files.
final class CoreEffects: EffectHandler {
    private let hub: FeedHub
    private let desk: ActionDesk
    private let sessions: SessionDesk
    private let folder: URL

    init(_ session: CoreSession, variables: [String: String]) {
        hub = session.hub
        desk = session.desk
        sessions = session.sessions
        folder = StateFolder(variables).url.appending(path: "saved")
    }

    func perform(_ effect: Effect) -> Notice? {
        switch effect {
        case .subscribe(let feed): hub.subscribe(feed)
        case .unsubscribe(let feed): hub.unsubscribe(feed)
        case .loadOlder(let feed): hub.loadOlder(feed)
        case .refresh(let feed): hub.refresh(feed)
        case .save(let text, let name): return save(text, name)
        case .order(let id, let order): carry(order, to: id)
        case .lift(let environment, let seconds, let typed): return lift(environment, seconds, typed)
        case .session(let id, let order): carry(order, to: id)
        case .forward(let id, let order): return carry(order, to: id)
        default: preconditionFailure("the console keeps \(effect) to itself")
        }
        return nil
    }

    private func carry(_ order: ActionOrder, to id: ActionID) {
        switch order {
        case .plan(let action): desk.plan(id, action)
        case .confirm(let typed): desk.confirm(id, typed: typed)
        case .stop: desk.stop(id)
        case .proceed: desk.proceed(id)
        case .edited(let status): desk.edited(id, status: status)
        case .forget: desk.forget(id)
        }
    }

    private func carry(_ order: SessionOrder, to id: SessionID) {
        switch order {
        case .type(let bytes): sessions.type(bytes, into: id)
        case .resize(let columns, let rows): sessions.resize(id, columns: columns, rows: rows)
        case .endInput: sessions.endInput(of: id)
        case .close: sessions.close(id)
        }
    }

    private func carry(_ order: ForwardOrder, to id: SessionID) -> Notice? {
        switch order {
        case .stop: sessions.forwards.stop(id)
        // Opening is an action like any other: the pane proposes it to the desk.
        case .open: break
        case .save(let name):
            do {
                try sessions.forwards.save(id, name: name)
            } catch {
                return Notice("could not save it: \(error.localizedDescription)", .failure)
            }
        }
        return nil
    }

    private func lift(_ environment: EnvironmentID, _ seconds: Double, _ typed: String) -> Notice {
        do {
            try desk.lift(environment, seconds: seconds, typed: typed)
            return seconds > 0
                ? Notice("\(environment) can be changed for \(Figure.span(Int(seconds)))", .warning)
                : Notice("\(environment) is read-only again")
        } catch {
            return Notice(error.hint.isEmpty ? error.reason : "\(error.reason); \(error.hint)", .failure)
        }
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
