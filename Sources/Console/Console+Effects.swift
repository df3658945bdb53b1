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
        case .act(let action): return propose(action)
        case .undo: return undo()
        case .forward(let id, .open): return openForward(id)
        case .quit, .suspend, .invalidate, .copy, .save, .refresh, .loadOlder, .subscribe, .unsubscribe, .order,
            .session, .forward, .lift, .runEditor, .openFile:
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
        askToQuit()
        return []
    }

    /// What is under way is said, since it would go on with nobody to watch it.
    mutating func askToQuit() {
        let count = running.filter { $0.phase(in: world).isRunning }.count
        let words = count == 0 ? "" : count == 1 ? "an action is under way; " : "\(count) actions are under way; "
        question = Question(text: "\(words)quit midwatch?", yes: [.quit])
    }

    /// The end of every event: subscriptions follow what is looked at now.
    mutating func settle(_ effects: [Effect]) -> [Effect] {
        guard !tabs.isEmpty else { return effects }
        var effects = effects
        // Looking at something new may show the pane what else to look at; a few rounds are more than any pane needs.
        for _ in 0..<4 {
            tabs[visible].feeds = tabs[visible].pane.feeds(in: context())
            let wanted = wantedFeeds
            guard wanted != subscribed else { break }
            let (former, current) = (Set(subscribed), Set(wanted))
            let new = wanted.filter { !former.contains($0) }
            effects += subscribed.filter { !current.contains($0) }.map(Effect.unsubscribe) + new.map(Effect.subscribe)
            subscribed = wanted
            for feed in new { effects += welcome(feed) }
        }
        dropKept()
        return effects
    }

    /// Servers and kinds of the environments, then what the visible pane names, each once.
    private var wantedFeeds: [FeedID] {
        var seen: Set<FeedID> = []
        // A log that is let go of would lose what it has read, so hidden tabs keep theirs.
        let logs = tabs.indices.filter { $0 != visible }.flatMap { tabs[$0].feeds.filter(\.isLog) }
        let own = settings.isBare ? [] : scope.environments.flatMap { [FeedID.server($0), .kinds($0)] }
        let all = own + tabs[visible].feeds + logs
        return all.filter { !$0.isPosted && seen.insert($0).inserted }
    }

    /// A feed that was not looked at may have gone on meanwhile, or be gone: the pane looks at its table as at a new one.
    private mutating func welcome(_ feed: FeedID) -> [Effect] {
        kept.remove(feed)
        guard case .table = feed, tabs[visible].feeds.contains(feed) else { return [] }
        var changes = Table.Changes()
        changes.reset = true
        return send(.feed(feed, changes), to: visible)
    }

    /// A feed has ended because nobody looked at it. What a hidden tab shows stays, to be there at once when the tab comes
    /// back, and is called what it is; everything else goes.
    mutating func keep(_ feed: FeedID) -> Bool {
        guard !subscribed.contains(feed), tabs.contains(where: { $0.feeds.contains(feed) }) else { return false }
        kept.insert(feed)
        if world.status(of: feed).phase == .live {
            let status = FeedStatus(.stale(reason: "not followed while its tab was hidden"), since: world.now)
            _ = world.apply(FeedUpdate(feed, status: status))
        }
        return true
    }

    /// Lets go of kept data once no tab names it any more.
    private mutating func dropKept() {
        for feed in kept where !tabs.contains(where: { $0.feeds.contains(feed) }) {
            kept.remove(feed)
            world.forget(feed)
        }
    }
}
