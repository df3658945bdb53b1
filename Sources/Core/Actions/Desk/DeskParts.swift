import Backends
import Foundation
import Model

/// What every action of a desk works with.
struct DeskParts: Sendable {
    let environments: EnvironmentSet
    let `guard`: Guard
    let audit: Audit
    let inbox: Inbox
    let pacer: any Pacer
    let sessions: any SessionOpening
    /// For files that are being edited; nil for nowhere.
    let folder: URL?
    let kept: KeptWays
}
