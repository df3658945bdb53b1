import Canvas
import Model

/// Which key means which command: the rows' own keys, changed by the person's configuration.
///
/// Key maps hold no policy: a key of a disabled command still finds its row, and the row says why not.
public struct Keymap: Sendable {
    private var overrides: [Command.ID: [Key]] = [:]
    private var defaults: [Command.ID: [Key]] = [:]

    /// The rows' own keys.
    public init() {}

    /// Reads the person's changes. `sets` are the rows that can be active together, one list for each state of the program;
    /// `file` is what errors call the configuration.
    public init(_ changes: [KeyOverride], sets: [[Command]], file: String = "config.yaml") throws(KeymapError) {
        for row in sets.joined() where defaults[row.id] == nil { defaults[row.id] = row.keys }
        var problems: [String] = []
        for change in changes {
            let place = change.line > 0 ? "\(file):\(change.line)" : file
            let id = Command.ID(change.command)
            if defaults[id] == nil {
                problems.append("\(place): " + Self.unknown(change.command, among: defaults.keys.map(\.name).sorted()))
            }
            let read = change.keys.map { ($0, Key($0)) }
            for (written, key) in read where key == nil {
                problems.append("\(place): \"\(DisplayText.safe(written))\" is no key; keys look like x, X, ctrl-x, f5")
            }
            overrides[id] = read.compactMap(\.1)
        }
        problems += conflicts(in: sets)
        guard problems.isEmpty else { throw KeymapError(problems: problems) }
    }

    /// The keys of a row, as the person set them.
    public func keys(of row: Command) -> [Key] { overrides[row.id] ?? row.keys }

    /// The keys of a command by name, for hints inside a pane.
    public func keys(of id: Command.ID) -> [Key] { overrides[id] ?? defaults[id] ?? [] }

    /// The first row that has the key; callers put the rows that win first.
    public func command(for key: Key, among rows: [Command]) -> Command? {
        rows.first { keys(of: $0).contains(key) }
    }

    /// Keys that two commands of one set would both have, each pair told once.
    private func conflicts(in sets: [[Command]]) -> [String] {
        var told: Set<String> = []
        var problems: [String] = []
        for set in sets {
            var taken: [Key: Command.ID] = [:]
            for row in set {
                for key in keys(of: row) {
                    guard let other = taken.updateValue(row.id, forKey: key), other != row.id else { continue }
                    let problem =
                        "the key \(key) would mean both \"\(other)\" and \"\(row.id)\"; "
                        + "give one of them other keys under keys: in the configuration"
                    if told.insert(problem).inserted { problems.append(problem) }
                }
            }
        }
        return problems
    }

    private static func unknown(_ name: String, among names: [String]) -> String {
        let shown = "no command is called \"\(DisplayText.safe(name))\""
        return closestWord(to: name, among: names).map { "\(shown); did you mean \"\($0)\"?" } ?? shown
    }
}
