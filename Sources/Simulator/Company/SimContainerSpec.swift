/// One container of a workload's pod template.
struct SimContainerSpec: Sendable, Equatable {
    enum Role: String, Sendable { case initial, main, sidecar, ephemeral }

    var name: String
    var role: Role
    /// Repository without tag: `registry.lanternpay.example/payments/payments-api`.
    var repository: String
    var tag: String
    var profile: LogProfile
    /// Lines a second that one instance writes.
    var linesPerSecond: Double
    var port: Int?
    var cpuRequestMilli: Int
    var memoryRequestMiB: Int
    /// What it usually uses, for metrics.k8s.io.
    var cpuUsageMilli: Int
    var memoryUsageMiB: Int

    var image: String { "\(repository):\(tag)" }
}
