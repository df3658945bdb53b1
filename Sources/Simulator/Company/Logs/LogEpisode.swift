import Foundation

/// A stretch of time in which some containers complain: how a scenario reaches the logs.
struct LogEpisode: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// A server it needs does not answer.
        case refused(upstream: String)
        /// A server it needs answers late.
        case slow(upstream: String)
        /// Its volume is full.
        case diskFull
        /// New code meets data it did not expect.
        case badRelease(version: String)
    }

    var cluster: String
    var namespace: String
    var app: String
    var from: Date
    var to: Date
    var kind: Kind
    /// Which part of the lines complains, 0 to 1.
    var share: Double

    /// Whether the container is one of those that complain.
    func concerns(_ container: SimContainer) -> Bool {
        container.cluster == cluster && container.namespace == namespace && container.app == app
    }
}
