import Canvas
import Model
import PaneKit

/// The containers of a pod as a short table.
struct ContainerList {
    let containers: [ObjectDocument.Container]
    let selected: Int

    init(_ containers: [ObjectDocument.Container], selected: Int) {
        self.containers = containers
        self.selected = selected
    }

    private static let titles = ["CONTAINER", "ROLE", "READY", "STATE", "RESTARTS", "LAST STATE", "PORTS", "IMAGE"]

    func draw(into region: Region, in context: PaneContext) {
        let rows = containers.map(Self.cells)
        let widths = Self.titles.indices.map { column in
            ([Self.titles[column]] + rows.map { $0[column] }).map(DisplayText.width).max() ?? 0
        }
        draw(Self.titles, widths, region, y: 0, style: CellStyle(.header, .bold))
        for (index, row) in rows.enumerated() where index + 1 < region.height {
            let tone = containers[index].tone
            region.put(tone.sign(unicode: context.isUnicode), x: 0, y: index + 1, style: CellStyle(tone.role))
            draw(
                row, widths, region, y: index + 1, style: CellStyle(tone == .plain || tone == .good ? .text : tone.role)
            )
            if index == selected {
                region.restyle(Rect(x: 0, y: index + 1, width: region.width, height: 1), ground: .selection)
            }
        }
    }

    private static func cells(_ container: ObjectDocument.Container) -> [String] {
        [
            container.name, container.role.rawValue, container.isReady ? "yes" : "no", container.state,
            String(container.restarts), container.lastState, container.ports.joined(separator: " "), container.image,
        ]
    }

    private func draw(_ cells: [String], _ widths: [Int], _ region: Region, y: Int, style: CellStyle) {
        var x = 2
        for (cell, width) in zip(cells, widths) where x < region.width {
            region.putClipped(cell, x: x, y: y, style: style, limit: min(width, region.width - x))
            x += width + 2
        }
    }
}
