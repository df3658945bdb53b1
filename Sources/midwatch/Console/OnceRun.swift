import Canvas
import Console
import Core
import Foundation
import Model
import PaneKit

/// Draws the first screen into memory once everything on it has settled, for scripts and for pictures.
struct OnceRun {
    private var console: Console
    private let inbox: CoreInbox
    private let effects: CoreEffects
    private let options: ConsoleOptions
    private var feeds: Set<FeedID> = []

    init(_ console: Console, _ inbox: CoreInbox, _ effects: CoreEffects, _ options: ConsoleOptions) {
        self.console = console
        self.console.isUnicode = !options.ascii
        self.inbox = inbox
        self.effects = effects
        self.options = options
    }

    /// The screen's rows, once no feed on it is loading any more, or the patience is at its end.
    mutating func screen() -> String {
        console.tick(now: MainLoop.systemTime())
        carryOut(console.start(size: options.size.size))
        let deadline = MainLoop.systemTime().seconds + options.patience
        while MainLoop.systemTime().seconds < deadline {
            MainLoop.poll([inbox.descriptor], 0.25)
            console.tick(now: MainLoop.systemTime())
            let updates = inbox.drain()
            carryOut(console.apply(updates))
            if updates.isEmpty, isSettled { break }
        }
        let frame = Frame(options.size.size)
        console.draw(into: frame)
        return frame.textRows.joined(separator: "\n")
    }

    /// What a script is told about the screen: nil when everything on it has come; unreachable when a server gave nothing
    /// in time, whatever the others said.
    var failure: PlainFailure.Kind? {
        var kinds: [PlainFailure.Kind] = []
        var isSomethingThere = false
        for feed in feeds where !feed.isExtra {
            switch console.world.status(of: feed).phase {
            case .failed, .stale, .loading: return .unreachable
            case .forbidden: kinds.append(.refused)
            case .absent: kinds.append(.notFound)
            case .live, .ended: isSomethingThere = true
            }
        }
        if isSomethingThere { return nil }
        return kinds.contains(.refused) ? .refused : kinds.first
    }

    private var isSettled: Bool {
        feeds.allSatisfy { feed in
            if case .loading = console.world.status(of: feed).phase { false } else { true }
        }
    }

    private mutating func carryOut(_ list: [Effect]) {
        for effect in list {
            switch effect {
            // Rights are for commands, and a picture has none.
            case .subscribe(.rights): continue
            case .subscribe(let feed): feeds.insert(feed)
            case .unsubscribe(let feed): feeds.remove(feed)
            case .loadOlder, .refresh, .save: break
            default: continue  // there is no terminal to quit, to copy from or to suspend
            }
            if let notice = effects.perform(effect) { console.show(notice) }
        }
    }
}

extension FeedID {
    /// Whether a screen without it is still what was asked for: metrics, and what the header and
    /// the prompt say of the server.
    fileprivate var isExtra: Bool {
        switch self {
        case .server, .metrics, .kinds: true
        default: false
        }
    }
}
