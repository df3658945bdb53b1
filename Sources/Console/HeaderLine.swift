import Canvas
import Model
import PaneKit

/// Where the person is: environments, namespaces, user, server, and how fresh the picture is. What matters least goes first
/// when there is no room.
struct HeaderLine {
    var world: World
    var scope: Scope
    var isUnicode = true

    private struct Part {
        var text: String
        var style: CellStyle
        /// Smaller goes first.
        var rank: Int
        var width: Int { DisplayText.width(text) }
    }

    func draw(into region: Region) {
        guard region.height > 0 else { return }
        var parts = badges + facts
        let state = state
        let stateRoom = min(DisplayText.width(state.text), max(6, region.width / 2))
        while parts.count > 1, parts.reduce(0, { $0 + $1.width + 2 }) + stateRoom > region.width {
            guard let least = parts.indices.min(by: { parts[$0].rank < parts[$1].rank }) else { break }
            parts.remove(at: least)
        }
        var x = 0
        for part in parts {
            x += region.putClipped(part.text, x: x, y: 0, style: part.style, limit: region.width - x) + 2
        }
        let left = max(x, region.width - DisplayText.width(state.text) - 1)
        region.putRight(
            state.text, x: left, y: 0, style: CellStyle(state.role), limit: max(0, region.width - left - 1))
    }

    private var badges: [Part] {
        scope.environments.enumerated().map { index, id in
            let info = world.environment(id)
            let isProtected = info?.isProtected == true
            let words = (isProtected ? " PROTECTED" : "") + guardWords(id)
            let style = isProtected ? CellStyle(.danger, on: .dangerBar, .bold) : CellStyle(.title, on: .bar, .bold)
            return Part(text: " \(id)\(words) ", style: style, rank: 100 - index)
        }
    }

    /// Whether it can be written to, where that is not simply so.
    private func guardWords(_ id: EnvironmentID) -> String {
        if let until = world.unlocked(id) {
            return " unlocked \(Age.text(until.since(world.now).rounded(.up)))"
        }
        return world.readOnly(id) == nil ? "" : " read-only"
    }

    private var facts: [Part] {
        var parts = [Part(text: namespaces, style: CellStyle(.header), rank: 50)]
        guard scope.environments.count == 1 else { return parts }
        let info = world.environment(scope.environment)
        if let user = info?.user, !user.isEmpty { parts.append(Part(text: user, style: CellStyle(.muted), rank: 20)) }
        if let server = world.servers[scope.environment] {
            parts.append(Part(text: server.version, style: CellStyle(.muted), rank: 30))
            if let trip = server.roundTrip {
                parts.append(Part(text: Figure.duration(trip), style: CellStyle(.muted), rank: 40))
            }
        }
        return parts
    }

    private var namespaces: String {
        switch scope.namespaces {
        case .all: return "all namespaces"
        case .some(let names):
            let shown = names.prefix(3).joined(separator: ", ")
            return names.count > 3 ? "\(shown) +\(names.count - 3)" : shown
        }
    }

    /// The worst of the environments' states, by name when there are several.
    private var state: (text: String, role: Role) {
        let states = scope.environments.map { id in (id, world.status(of: .server(id))) }
        guard let worst = states.max(by: { Self.badness($0.1.phase) < Self.badness($1.1.phase) }) else {
            return ("", .muted)
        }
        let face = FeedFace.short(worst.1, now: world.now, unicode: isUnicode)
        let named = scope.environments.count > 1 && Self.badness(worst.1.phase) > 0
        return (named ? "\(worst.0): \(face.text)" : face.text, face.role)
    }

    private static func badness(_ phase: FeedStatus.Phase) -> Int {
        switch phase {
        case .live, .ended: 0
        case .loading: 1
        case .absent: 2
        case .stale: 3
        case .forbidden: 4
        case .failed: 5
        }
    }
}
