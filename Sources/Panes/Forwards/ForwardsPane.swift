import Canvas
import Model
import PaneKit

/// Ports of this machine that lead into clusters: those that are open, with what goes through them, and those that are
/// saved to be opened again.
struct ForwardsPane: Pane, Sendable {
    var list = ListView<SessionID>([
        .init("PORTS"), .init("TARGET"), .init("STATE", flexible: true), .init("CONNECTIONS", right: true),
        .init("OUT", right: true), .init("IN", right: true), .init("NAME"), .init("SINCE", right: true), .init("POD"),
        .init("ENVIRONMENT"), .init("LAST FAULT"),
    ])
    var filterText = ""

    func title(in context: PaneContext) -> String {
        let count = context.world.forwards.filter { ForwardFace($0).isOpen }.count
        return count == 0 ? "Forwards" : "Forwards \(count)"
    }

    func feeds(in context: PaneContext) -> [FeedID] { [.forwards] }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        sync(context)
        defer { sync(context) }
        switch event {
        case .command(let id): return perform(id, context)
        case .go(.forwards): filterText = ""
        case .prompt("filter", .changed(let words)), .prompt("filter", .accepted(let words)): filterText = words
        case .prompt("filter", .cancelled): filterText = ""
        case .prompt(let id, .accepted(let answer)): return accept(id, answer, context)
        case .mouse(let mouse): return point(mouse, context)
        default: break
        }
        return []
    }

    func current(_ context: PaneContext) -> ForwardInfo? {
        list.selected.flatMap { id in context.world.forwards.first { $0.id == id } }
    }

    private mutating func sync(_ context: PaneContext) {
        list.setFilter(filterText)
        list.resize(height: context.size.height - 1 - Self.detailHeight(context.size))
        list.setRows(context.world.forwards.map { Self.row($0, context) })
    }

    private static func row(_ forward: ForwardInfo, _ context: PaneContext) -> ListView<SessionID>.Row {
        let face = ForwardFace(forward)
        let style = CellStyle(face.isOpen ? .text : .muted)
        let quiet = CellStyle(.muted)
        let isProtected = context.world.environment(forward.target.environment)?.isProtected ?? false
        let counts = forward.state != .closed
        return .init(
            id: forward.id,
            cells: [
                StyledLine(face.ports(unicode: context.isUnicode), CellStyle(face.isOpen ? .accent : .muted)),
                StyledLine(face.target, style), StyledLine(face.state.words, CellStyle(face.state.tone.role)),
                StyledLine(counts ? "\(forward.openConnections)/\(Figure.count(forward.connections))" : "", style),
                StyledLine(counts ? Figure.bytes(forward.bytesOut) : "", style),
                StyledLine(counts ? Figure.bytes(forward.bytesIn) : "", style), StyledLine(forward.name, style),
                StyledLine(counts ? Age.text(context.now.since(forward.since)) : "", quiet),
                StyledLine(forward.pod, quiet),
                StyledLine("\(forward.target.environment)", isProtected ? CellStyle(.danger) : quiet),
                StyledLine(forward.lastFault, CellStyle(.warning)),
            ], tone: face.state.tone)
    }

    private mutating func point(_ mouse: MouseEvent, _ context: PaneContext) -> [Effect] {
        switch mouse.action {
        case .wheelUp: list.move(.up)
        case .wheelDown: list.move(.down)
        case .press: _ = list.select(line: mouse.place.y - 2)
        case .doublePress: if list.select(line: mouse.place.y - 2) { return perform("object", context) }
        }
        return []
    }

    func draw(into region: Region, in context: PaneContext) {
        let (head, body) = region.bounds.splitTop(1)
        var title = PaneTitle(region.sub(head), in: context)
        title.heading("Forwards")
        let open = context.world.forwards.filter { ForwardFace($0).isOpen }.count
        if !context.world.forwards.isEmpty {
            title.quiet("\(open) open, \(context.world.forwards.count - open) not; on 127.0.0.1 only")
        }
        if !filterText.isEmpty { title.remark("/", filterText) }
        if let problem = list.filter.problem { title.remark("filter:", problem) }
        guard !list.rows.isEmpty else { return drawEmpty(region.sub(body), context) }
        let (upper, lower) = body.splitBottom(Self.detailHeight(region.size))
        list.draw(into: region.sub(upper), in: context)
        if let forward = current(context), !lower.isEmpty { drawDetail(forward, region.sub(lower), context) }
    }

    /// Lines under the table for all there is to say of the selected one, where there is room.
    private static func detailHeight(_ size: Size) -> Int { size.height >= 10 ? 3 : 0 }

    private func drawDetail(_ forward: ForwardInfo, _ region: Region, _ context: PaneContext) {
        let face = ForwardFace(forward)
        let lines = [
            [
                "\(forward.target.environment)", face.state.words,
                forward.lastFault.isEmpty ? "" : "last fault: \(forward.lastFault)",
            ],
            face.traffic(now: context.now) + [forward.pod.isEmpty ? "" : "pod \(forward.pod)"],
        ]
        for (y, words) in lines.enumerated() {
            let text = words.filter { !$0.isEmpty }.joined(separator: " · ")
            let style = y == 0 ? CellStyle(face.state.tone.role) : CellStyle(.muted)
            region.putClipped(text, x: 2, y: y + 1, style: style, limit: region.width - 2)
        }
    }

    private func drawEmpty(_ region: Region, _ context: PaneContext) {
        let key = context.keys("port.forward").first.map { "\($0)" } ?? "f"
        let words =
            list.totalCount > 0
            ? ["No forward matches the filter"]
            : [
                "No forwards",
                "\(key) on a pod, a service or a workload opens one; named ones stay here to be opened again.",
            ]
        let x = min(2, region.width / 8)
        var y = max(0, (region.height - 2) / 3)
        for (index, line) in words.enumerated() {
            for part in WrappedText.lines(line, width: region.width - x - 1) {
                region.putClipped(
                    part, x: x, y: y, style: index == 0 ? CellStyle(.muted, .bold) : .text, limit: region.width - x)
                y += 1
            }
        }
    }
}
