import Canvas
import Model
import PaneKit

extension Console {
    /// Carries out what concerns the console and returns what concerns the world outside.
    mutating func absorb(_ effect: Effect, from index: Int, depth: Int = 0) -> [Effect] {
        guard depth < 8 else { return [] }  // panes that send each other in circles
        switch effect {
        case .go(let destination): return go(to: destination, from: index)
        case .setScope(let scope): return set(scope)
        case .ask(let prompt):
            ask(prompt, from: index)
            return []
        case .notice(let notice):
            show(notice)
            return []
        case .leave: return leave()
        case .quit, .suspend, .invalidate, .copy, .save, .refresh, .loadOlder, .subscribe, .unsubscribe:
            return [effect]
        }
    }

    /// To the first pane that shows such things.
    private mutating func go(to destination: Destination, from index: Int) -> [Effect] {
        guard let target = tabs.firstIndex(where: { $0.descriptor.accepts(destination) }) else {
            show(Notice("no pane shows this", .warning))
            return []
        }
        if target != visible { trail.append(visible) }
        return showTab(target) + send(.go(destination), to: target)
    }

    mutating func set(_ scope: Scope) -> [Effect] {
        guard scope != self.scope, !scope.environments.isEmpty else { return [] }
        self.scope = scope
        return tabs.indices.flatMap { send(.scopeChanged, to: $0) }
    }

    /// Nothing further back in this pane: to the tab that sent us here, else out, if the person says so.
    mutating func leave() -> [Effect] {
        if let former = trail.popLast() { return showTab(former) }
        question = Question(text: "quit midwatch?", yes: [.quit])
        return []
    }

    // MARK: Feeds

    /// The end of every event: subscriptions follow what is looked at now.
    mutating func settle(_ effects: [Effect]) -> [Effect] {
        guard !tabs.isEmpty else { return effects }
        tabs[visible].feeds = tabs[visible].pane.feeds(in: context())
        var wanted: [FeedID] = []
        var seen: Set<FeedID> = []
        for feed in scope.environments.flatMap({ [FeedID.server($0), .kinds($0)] }) + tabs[visible].feeds
        where seen.insert(feed).inserted { wanted.append(feed) }
        guard wanted != subscribed else { return effects }
        let former = Set(subscribed)
        let gone = subscribed.filter { !seen.contains($0) }
        let new = wanted.filter { !former.contains($0) }
        subscribed = wanted
        release(gone)
        return effects + gone.map(Effect.unsubscribe) + new.map(Effect.subscribe)
    }

    /// What a hidden tab still names stays to be shown at once when it comes back, marked as what it is; the rest goes.
    private mutating func release(_ gone: [FeedID]) {
        let held = Set(tabs.flatMap(\.feeds))
        for feed in gone {
            guard held.contains(feed) else {
                world.forget(feed)
                continue
            }
            guard world.status(of: feed).phase == .live else { continue }
            let status = FeedStatus(.stale(reason: "not followed while its tab was hidden"), since: world.now)
            _ = world.apply(FeedUpdate(feed, status: status))
        }
    }
}
