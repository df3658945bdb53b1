import Canvas
import PaneKit

/// An open line of input with its suggestion, and the list of what completes it above.
struct PromptLine {
    var session: PromptSession
    var ghost: String

    func draw(into line: Region, above body: Region) {
        drawOffers(into: body)
        let label = " " + session.prompt.label
        let start = line.putClipped(
            label, x: 0, y: 0, style: CellStyle(.accent, on: .plain, .bold),
            limit: max(1, line.width / 2, line.width - 24))
        let room = max(1, line.width - start - 1)
        // The text slides so that the cursor stays in sight.
        let before = DisplayText.width(session.editor.beforeCursor)
        let hidden = max(0, before - room + 1)
        let field = line.sub(Rect(x: start, y: 0, width: room, height: 1))
        let used = field.put(session.editor.text, x: -hidden, y: 0)
        field.put(ghost, x: used - hidden, y: 0, style: CellStyle(.muted, on: .plain, .dim))
        if hidden > 0 { field.put("<", x: 0, y: 0, style: CellStyle(.muted)) }
        line.setCursor(x: start + before - hidden, y: 0)
    }

    private func drawOffers(into body: Region) {
        let offers = session.offers
        guard !offers.isEmpty, body.height > 1 else { return }
        let rows = min(offers.count, session.prompt.isChoice ? max(8, body.height / 2) : 8, body.height - 1)
        let widest = offers.prefix(200).map { DisplayText.width($0.text) }.max() ?? 0
        let details = offers.contains { !$0.detail.isEmpty }
        let about = offers.prefix(200).map { DisplayText.width($0.detail) }.max() ?? 0
        let width = min(body.width, details ? max(widest + about + 5, 60) : widest + 4)
        let box = body.sub(Rect(x: 0, y: body.height - rows, width: width, height: rows))
        let chosen = session.selected ?? -1
        let start = max(0, min(chosen - rows / 2, offers.count - rows))
        for (offset, offer) in offers.dropFirst(start).prefix(rows).enumerated() {
            let style = CellStyle(.text, on: start + offset == chosen ? .selection : .popup)
            box.fill(Rect(x: 0, y: offset, width: width, height: 1), style: style)
            let used = box.putClipped(offer.text, x: 1, y: offset, style: style, limit: width - 2)
            let x = max(widest, used) + 3
            box.putClipped(
                offer.detail, x: x, y: offset, style: CellStyle(.muted, on: style.ground), limit: width - x - 1)
        }
    }
}
