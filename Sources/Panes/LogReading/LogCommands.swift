import Canvas
import LogBuffer
import Model
import PaneKit

/// The rows that read a log, and what they do; the same wherever lines are shown.
enum LogCommands {
    static func rows(_ reader: LogReader) -> [Command] {
        let noSearch = reader.search == nil ? "nothing is searched for; / searches" : nil
        return MoveCommands.vertical
            + MoveCommands.horizontal.map { $0.disabled(reader.wraps ? "lines are wrapped; w unwraps them" : nil) } + [
                Command(
                    "log.pause", reader.follows ? "pause" : "follow",
                    help: "stop at this line, or follow the end again", keys: ["space", "F"], group: "Log", weight: 85),
                Command(
                    "log.search", "search", help: "find text or /regex/, towards older lines first", keys: ["/"],
                    group: "Log", weight: 80),
                Command(
                    "log.search.older", "older match", help: "next match towards older lines", keys: ["n"], group: "Log"
                ).disabled(noSearch),
                Command(
                    "log.search.newer", "newer match", help: "next match towards newer lines", keys: ["N"], group: "Log"
                ).disabled(noSearch),
                Command(
                    "log.filter", "filter", help: "only lines with text, /regex/, !not, level:warn, in any mix",
                    keys: ["&", "f"], group: "Log", weight: 75),
                Command("log.error.older", "error", help: "to the error before", keys: ["E"], group: "Log", weight: 60),
                Command("log.error.newer", "next error", help: "to the next error", keys: ["e"], group: "Log"),
                Command(
                    "log.level", "level", help: "the lowest level shown: all, info, warning, error", keys: ["L"],
                    group: "Log", weight: 30),
                Command(
                    "log.wrap", reader.wraps ? "unwrap" : "wrap", help: "wrap long lines, or scroll them sideways",
                    keys: ["w"], group: "Log", weight: 50),
                Command(
                    "log.time", "times", help: "show or hide the time of each line", keys: ["t"], group: "Log",
                    weight: 20),
                Command("log.copy", "copy", help: "copy the line under the cursor", keys: ["c"], group: "Log").disabled(
                    reader.count == 0 ? "there is no line" : nil),
                Command("log.save", "save", help: "save the lines shown to a file", keys: ["ctrl-s"], group: "Log")
                    .disabled(reader.count == 0 ? "there is no line" : nil),
            ]
    }

    /// Carries out a row on a reader; nil when the row is none of these. `feed` is asked for older lines at the top.
    static func perform(_ id: Command.ID, _ reader: inout LogReader, feed: FeedID?, name: String) -> [Effect]? {
        if let move = MoveCommands.move(id) {
            let moved = reader.move(move)
            let wantsOlder = [.up, .pageUp, .first].contains(move) && (!moved || reader.row == 0)
            return wantsOlder ? feed.map { [.loadOlder($0)] } ?? [] : []
        }
        switch id.name {
        case "move.left": reader.offset = max(0, reader.offset - 16)
        case "move.right": reader.offset += 16
        case "log.pause":
            if reader.follows { reader.follows = false } else { _ = reader.move(.last) }
        case "log.search": return [.ask(Prompt("log.search", label: "/", text: reader.searchText, history: "logs"))]
        case "log.filter":
            return [
                .ask(Prompt("log.filter", label: "& ", text: reader.filterText, history: "log filters", isLive: true))
            ]
        case "log.search.older": return found(reader.searchOn(.older), "no older line matches \(reader.searchText)")
        case "log.search.newer": return found(reader.searchOn(.newer), "no newer line matches \(reader.searchText)")
        case "log.error.older": return found(reader.find(level: .error, .older), "no error before this line")
        case "log.error.newer": return found(reader.find(level: .error, .newer), "no error behind this line")
        case "log.level": reader.setLevel(next(reader.minimumLevel))
        case "log.wrap": (reader.wraps, reader.offset) = (!reader.wraps, 0)
        case "log.time": reader.showsTime.toggle()
        case "log.copy": return reader.currentText.map { [.copy($0, what: "the line")] } ?? []
        case "log.save": return [.save(reader.shownText, name: "\(name).log")]
        default: return nil
        }
        return []
    }

    static func turnWheel(_ mouse: MouseEvent, _ reader: inout LogReader, feed: FeedID?) -> [Effect] {
        guard mouse.action == .wheelUp || mouse.action == .wheelDown else { return [] }
        let wantsOlder = reader.scroll(mouse.action == .wheelUp ? -3 : 3)
        return wantsOlder ? feed.map { [.loadOlder($0)] } ?? [] : []
    }

    static func answer(_ id: Prompt.ID, _ outcome: PromptOutcome, _ reader: inout LogReader) -> [Effect] {
        switch (id.name, outcome) {
        case ("log.search", .accepted(let words)): return found(reader.setSearch(words), "no line matches \(words)")
        case ("log.filter", .changed(let words)), ("log.filter", .accepted(let words)): reader.setFilter(words)
        case ("log.filter", .cancelled): reader.setFilter("")
        default: break
        }
        return []
    }

    /// Clears search or filter; false when there is nothing to clear.
    static func clear(_ reader: inout LogReader) -> Bool {
        if reader.search != nil {
            _ = reader.setSearch("")
        } else if !reader.filterText.isEmpty || reader.minimumLevel != .unknown {
            reader.setFilter("")
            reader.setLevel(.unknown)
        } else {
            return false
        }
        return true
    }

    /// The figures for the pane's title line.
    static func remarks(_ reader: LogReader, _ title: inout PaneTitle) {
        title.quiet(
            reader.count == reader.total
                ? "\(Figure.count(reader.total)) lines"
                : "\(Figure.count(reader.count)) of \(Figure.count(reader.total)) lines")
        if !reader.follows { title.remark("paused at", Figure.count(reader.row + 1)) }
        if !reader.filterText.isEmpty { title.remark("&", reader.filterText) }
        if reader.minimumLevel != .unknown { title.remark("level", "\(reader.minimumLevel)") }
        if !reader.searchText.isEmpty { title.remark("/", reader.searchText) }
        if let problem = reader.problem { title.remark("pattern:", problem) }
        let counters = reader.counters
        if counters.dropped > 0 { title.remark("dropped", Figure.count(counters.dropped)) }
        if counters.evicted > 0 { title.remark("evicted", Figure.count(counters.evicted)) }
    }

    private static func found(_ found: Bool, _ words: String) -> [Effect] { found ? [] : [.notice(Notice(words))] }

    private static func next(_ level: LogLevel) -> LogLevel {
        switch level {
        case .unknown: .info
        case .info: .warning
        case .warning: .error
        default: .unknown
        }
    }
}
