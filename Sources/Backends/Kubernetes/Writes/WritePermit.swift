import Model

/// The guard's word that one environment may be written to now; without one there is no `KubernetesWriter`.
///
/// Only Core's guard makes it (a test reads every source file for that). A rehearsal's requests all carry `dryRun=All`.
public struct WritePermit: Sendable {
    public enum Extent: Sendable { case rehearsal, change }
    public let environment: EnvironmentID
    public let extent: Extent

    package init(_ environment: EnvironmentID, _ extent: Extent) {
        self.environment = environment
        self.extent = extent
    }
}
