import Foundation

/// How much each container uses, for metrics.k8s.io: its usual amounts, moving a little from one reading to the next.
struct ContainerMetrics: Sendable {
    /// Usual use by `namespace/workload label/container`: millicores and MiB.
    var usual: [String: (cpuMilli: Int, memoryMiB: Int)]

    static let window = 15.0

    /// The use of one container in the reading that is current at a moment.
    func usage(of pod: SimJSON, container: String, at now: Date) -> (cpuNano: Int, memoryKiB: Int) {
        let metadata = pod["metadata"]
        let app = metadata["labels"]["app"].stringValue ?? ""
        let key = "\(metadata["namespace"].stringValue ?? "")/\(app)/\(container)"
        let base = usual[key] ?? (5, 32)
        let reading = Int(now.timeIntervalSince1970 / Self.window)
        var generator = SeededGenerator(
            seed: UInt64(bitPattern: Int64(reading)), "\(metadata["uid"].stringValue ?? "")/\(container)")
        let cpu = Double(base.cpuMilli) * Double.random(in: 0.6...1.4, using: &generator) * 1_000_000
        let memory = Double(base.memoryMiB) * Double.random(in: 0.95...1.05, using: &generator) * 1024
        return (Int(cpu), Int(memory))
    }
}
