import Model
import PaneKit

/// One tab: a pane, and what the console remembers about it.
struct Tab: Sendable {
    let descriptor: PaneDescriptor
    var pane: any Pane & Sendable
    /// What the pane looked at when it was last asked; kept in the world while the tab is hidden.
    var feeds: [FeedID] = []
    /// The size it was last told.
    var isSized = false

    init(_ descriptor: PaneDescriptor) {
        self.descriptor = descriptor
        pane = descriptor.make()
    }
}
