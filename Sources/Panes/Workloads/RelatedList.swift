import Canvas
import Model
import PaneKit

/// What hangs together with an object, one line each: the tree of owners, or who refers to it.
struct RelatedList: Sendable {
    private(set) var list = ListView<ObjectReference>([
        .init("OBJECT"), .init("STATE", flexible: true), .init("NAMESPACE"),
    ])
    private var shown: RelatedObjects?

    /// Takes the newest answer; the cursor stays on its object.
    mutating func sync(_ related: RelatedObjects?, in context: PaneContext, height: Int) {
        list.resize(height: height)
        guard let related, related != shown else { return }
        shown = related
        list.setRows(related.nodes.enumerated().map { Self.row($1, isLast: Self.isLast($0, related.nodes), context) })
    }

    mutating func select(_ object: ObjectReference) { list.select(object) }
    mutating func move(_ move: TableView.Move) { list.move(move) }
    mutating func select(line: Int) -> Bool { list.select(line: line) }

    var selected: ObjectReference? { list.selected }
    var isEmpty: Bool { shown?.nodes.isEmpty ?? true }

    func draw(into region: Region, in context: PaneContext) {
        list.draw(into: region, in: context)
        let notices = shown?.notices ?? []
        let first = min(list.rows.count + 2, max(1, region.height - notices.count))
        for (index, notice) in notices.enumerated() where first + index < region.height {
            region.putClipped(notice, x: 2, y: first + index, style: CellStyle(.muted), limit: region.width - 2)
        }
    }

    private static func row(
        _ node: RelatedObjects.Node, isLast: Bool, _ context: PaneContext
    ) -> ListView<ObjectReference>.Row {
        let style = CellStyle(node.tone == .plain || node.tone == .good ? .text : node.tone.role)
        return .init(
            id: node.object,
            cells: [
                StyledLine([
                    .init(branch(node.depth, isLast: isLast, unicode: context.isUnicode), CellStyle(.muted)),
                    .init("\(node.object.kind.kind) ", CellStyle(.muted)), .init(node.object.name),
                ]),
                StyledLine(node.words, style), StyledLine(node.object.namespace ?? "", CellStyle(.muted)),
            ], tone: node.tone)
    }

    private static func branch(_ depth: Int, isLast: Bool, unicode: Bool) -> String {
        guard depth > 0 else { return "" }
        let arm = unicode ? (isLast ? "└─ " : "├─ ") : (isLast ? "`- " : "|- ")
        return String(repeating: "   ", count: depth - 1) + arm
    }

    /// Whether no brother follows.
    private static func isLast(_ index: Int, _ nodes: [RelatedObjects.Node]) -> Bool {
        let depth = nodes[index].depth
        for node in nodes[(index + 1)...] {
            if node.depth < depth { return true }
            if node.depth == depth { return false }
        }
        return true
    }
}
