import Canvas
import Model

/// The first line of a pane: what it is, how much, what narrows it at the left; how fresh it is at the right.
public struct PaneTitle {
    private let region: Region
    private let context: PaneContext
    private var x = 0

    public init(_ region: Region, in context: PaneContext) {
        self.region = region
        self.context = context
    }

    public mutating func heading(_ text: String) { x += region.put(text, x: x, y: 0, style: CellStyle(.title, .bold)) }
    public mutating func quiet(_ text: String) { x += region.put("  " + text, x: x, y: 0, style: CellStyle(.muted)) }

    /// The environment of what is shown, where there are several to mix it up with.
    public mutating func place(_ environment: EnvironmentID) {
        guard context.world.environments.count > 1 else { return }
        let isProtected = context.world.environment(environment)?.isProtected ?? false
        x += region.put("  \(environment)", x: x, y: 0, style: CellStyle(isProtected ? .danger : .accent))
    }

    /// "by age", "/ crash": a label and what was chosen.
    public mutating func remark(_ label: String, _ value: String) {
        x += region.put("  \(label) ", x: x, y: 0, style: CellStyle(.muted))
        x += region.put(value, x: x, y: 0, style: CellStyle(.accent))
    }

    /// Whether a feed's data is on the screen, so that a count of it means something.
    public func isShowing(_ feed: FeedID) -> Bool { context.world.status(of: feed).isShowing }

    /// The worst of the feeds at the right edge, its environment named when there are several.
    public func status(_ feeds: [FeedID]) {
        guard let worst = feeds.max(by: { gravity($0) < gravity($1) }) else { return }
        let status = context.world.status(of: worst)
        var face = FeedFace.short(status, now: context.now, unicode: context.isUnicode)
        if feeds.count > 1, gravity(worst) > 0 { face.text = "\(worst.environment): \(face.text)" }
        if let notice = status.notices.first { face.text += " · \(notice)" }
        region.putRight(face.text, x: x + 2, y: 0, style: CellStyle(face.role), limit: max(0, region.width - x - 2))
    }

    private func gravity(_ feed: FeedID) -> Int { context.world.status(of: feed).gravity }
}

extension FeedStatus {
    /// Whether data is on the screen: live, known to be old, or at its end.
    public var isShowing: Bool {
        switch phase {
        case .live, .stale, .ended: true
        case .loading, .failed, .forbidden, .absent: false
        }
    }

    /// How much a person should worry: 0 for live. The worst of several feeds is the one to show.
    public var gravity: Int {
        switch phase {
        case .live: 0
        case .ended: 1
        case .absent: 2
        case .loading: 3
        case .stale: 4
        case .forbidden: 5
        case .failed: 6
        }
    }
}
