import Model

/// One thing to choose before an action is carried out: how deletion spreads, how long a drain waits.
public struct ActionOption: Sendable, Equatable {
    /// "propagation": stable within the action.
    public var id: String
    public var title: String
    public var choices: [String]
    public var selected: Int

    public init(_ id: String, _ title: String, _ choices: [String], selected: Int) {
        self.id = id
        self.title = title
        self.choices = choices
        self.selected = selected
    }
}

extension Action {
    /// What can be chosen for this action, with what is chosen now.
    public var options: [ActionOption] { settings.map(\.option) }

    /// The same action with another choice of one option; itself when there is no such choice.
    public func choosing(_ choice: Int, of option: String) -> Action {
        guard let setting = settings.first(where: { $0.option.id == option }), setting.option.choices.indices ~= choice
        else { return self }
        var action = self
        action.verb = setting.verbs[choice]
        return action
    }

    /// An option with the verb that each of its choices makes.
    private struct Setting {
        var option: ActionOption
        var verbs: [ActionVerb]

        init(_ id: String, _ title: String, _ choices: [(words: String, verb: ActionVerb)], now: ActionVerb) {
            verbs = choices.map(\.verb)
            let selected = verbs.firstIndex(of: now) ?? 0
            option = ActionOption(id, title, choices.map(\.words), selected: selected)
        }
    }

    private var settings: [Setting] {
        switch verb {
        case .delete(let options): deletion(options)
        case .drain(let options): drain(options)
        case .apply(let manifest, _):
            [
                Setting(
                    "force", "conflicts",
                    [
                        ("stop at them", .apply(manifest: manifest, force: false)),
                        ("take the fields over", .apply(manifest: manifest, force: true)),
                    ], now: verb)
            ]
        default: []
        }
    }

    private func deletion(_ options: DeleteOptions) -> [Setting] {
        func with(_ change: (inout DeleteOptions) -> Void) -> ActionVerb {
            var changed = options
            change(&changed)
            return .delete(changed)
        }
        var list = [
            Setting(
                "propagation", "what it owns",
                [
                    ("goes after it", with { $0.propagation = .background }),
                    ("goes before it", with { $0.propagation = .foreground }),
                    ("stays (orphaned)", with { $0.propagation = .orphan }),
                ], now: verb),
            Setting(
                "grace", "time to end",
                Self.seconds(options.grace, of: [1, 10, 30, 120]).map { grace in
                    (Self.words(grace), with { $0.grace = grace })
                }, now: verb),
        ]
        if objects.allSatisfy({ $0.kind == .pods }) {
            list.append(
                Setting(
                    "force", "force",
                    [
                        ("no", with { $0.isForced = false }),
                        ("yes, without waiting for the node", with { $0.isForced = true }),
                    ], now: verb))
        }
        return list
    }

    private func drain(_ options: DrainOptions) -> [Setting] {
        func with(_ change: (inout DrainOptions) -> Void) -> ActionVerb {
            var changed = options
            change(&changed)
            return .drain(changed)
        }
        return [
            Setting(
                "emptydir", "pods with emptyDir data",
                [
                    ("stop the drain", with { $0.deletesEmptyDirData = false }),
                    ("lose their data", with { $0.deletesEmptyDirData = true }),
                ], now: verb),
            Setting(
                "unowned", "pods nothing brings back",
                [
                    ("stop the drain", with { $0.includesUnowned = false }),
                    ("are deleted too", with { $0.includesUnowned = true }),
                ], now: verb),
            Setting(
                "daemonsets", "daemon sets' pods",
                [
                    ("stay", with { $0.ignoresDaemonSets = true }),
                    ("stop the drain", with { $0.ignoresDaemonSets = false }),
                ], now: verb),
            Setting(
                "grace", "time to end",
                Self.seconds(options.grace, of: [1, 10, 30, 120]).map { grace in
                    (Self.words(grace), with { $0.grace = grace })
                }, now: verb),
            Setting(
                "patience", "waits for budgets",
                Self.seconds(options.patience, of: [60, 300, 900, 3600]).compactMap { $0 }.map { seconds in
                    (Self.words(seconds), with { $0.patience = seconds })
                }, now: verb),
        ]
    }

    /// The usual choices in order, with the present one among them; nil leaves an object its own.
    private static func seconds(_ present: Int?, of usual: [Int]) -> [Int?] {
        [nil] + Set(usual + (present.map { [$0] } ?? [])).sorted()
    }

    private static func words(_ seconds: Int?) -> String { seconds.map(Figure.span) ?? "its own" }
}
