import Canvas
import Console
import Foundation
import Model
import PaneKit

/// Shows its size, the last event and a list with a cursor; "!" makes it crash, so that the way back can be tested.
struct DemoPane: Pane, Sendable {
    let name: String
    var line = 0
    var last = "nothing yet"

    static func descriptor(_ name: String) -> PaneDescriptor {
        PaneDescriptor(
            id: name, title: name.capitalized, help: "the \(name) demo", make: { DemoPane(name: name) },
            accepts: { _ in false })
    }

    func title(in context: PaneContext) -> String { name.capitalized }
    func feeds(in context: PaneContext) -> [FeedID] { [] }

    func commands(in context: PaneContext) -> [Command] {
        [
            Command("move.down", "down", help: "one line down", keys: ["j", "down"], group: "Move", weight: 9),
            Command("move.up", "up", help: "one line up", keys: ["k", "up"], group: "Move", weight: 8),
            Command("copy", "copy", help: "copy the line", keys: ["c"], group: "Demo", weight: 7),
            Command("ask", "ask", help: "ask for a line", keys: ["/"], group: "Demo", weight: 6),
            Command("crash", "crash", help: "trap on purpose", keys: ["!"], group: "Demo"),
            Command("abort", "abort", help: "abort on purpose", keys: ["@"], group: "Demo"),
        ]
    }

    mutating func handle(_ event: PaneEvent, in context: PaneContext) -> [Effect] {
        switch event {
        case .command("move.down"): line += 1
        case .command("move.up"): line = max(0, line - 1)
        case .command("copy"): return [.copy("line \(line)", what: "a line")]
        case .command("ask"): return [.ask(Prompt("ask", label: "/", isLive: true))]
        case .command("crash"): fatalError("trapped on purpose")
        case .command("abort"): abort()
        case .prompt(_, let outcome): last = "\(outcome)"
        case .mouse(let mouse): last = "\(mouse.action) at \(mouse.place.x),\(mouse.place.y)"
        default: break
        }
        return []
    }

    func draw(into region: Region, in context: PaneContext) {
        region.put("\(name) pane \(region.width)x\(region.height) · 日本語 é ● ─", x: 0, y: 0, style: CellStyle(.title))
        region.put("last: \(last) · process \(getpid())", x: 0, y: 1, style: CellStyle(.muted))
        for (offset, role) in Role.allCases.enumerated() where offset + 2 < region.height {
            region.put("line \(offset) \(role)", x: 2, y: offset + 2, style: CellStyle(role))
            if offset == line {
                region.restyle(Rect(x: 0, y: offset + 2, width: region.width, height: 1), ground: .selection)
            }
        }
    }
}

final class NoInbox: UpdateInbox {
    let descriptor: Int32 = -1
    func drain() -> [FeedUpdate] { [] }
}

final class NoEffects: EffectHandler {
    func perform(_ effect: Effect) -> Notice? { nil }
}
