import Canvas

/// The keys that matter now, as many as fit; those that are fixed always do, at the right.
struct BottomLine {
    struct Hint: Equatable {
        var key: String
        var title: String
        var isFixed = false
        var width: Int { DisplayText.width(key) + 1 + DisplayText.width(title) }
    }

    var hints: [Hint]
    private static let gap = 2

    func draw(into region: Region) {
        guard region.height > 0 else { return }
        region.fill(style: CellStyle(.text, on: .bar))
        let fixed = hints.filter(\.isFixed)
        let fixedWidth = fixed.reduce(0) { $0 + $1.width + Self.gap }
        var x = 1
        let room = region.width - fixedWidth
        for hint in hints where !hint.isFixed {
            guard x + hint.width + 1 <= room else { continue }
            x += draw(hint, at: x, into: region) + Self.gap
        }
        x = max(1, region.width - fixedWidth)
        for hint in fixed { x += draw(hint, at: x, into: region) + Self.gap }
    }

    private func draw(_ hint: Hint, at x: Int, into region: Region) -> Int {
        let used = region.put(hint.key, x: x, y: 0, style: CellStyle(.key, on: .bar, .bold))
        return used + 1 + region.put(hint.title, x: x + used + 1, y: 0, style: CellStyle(.muted, on: .bar))
    }
}
