import Foundation

/// One alert as Prometheus sends it: its labels are its identity.
struct SimAlert: Sendable, Equatable {
    var labels: [String: String]
    var annotations: [String: String]
    var startsAt: Date
    /// When it was resolved; nil while it fires.
    var resolvedAt: Date?
    /// The app whose newest pod the label `pod` shall name, filled in once there is one.
    var podOf: String?

    /// Prometheus' fingerprint: FNV-1a over the sorted names and values, 0xFF after each.
    var fingerprint: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) {
            name.utf8.forEach(add)
            add(0xFF)
            value.utf8.forEach(add)
            add(0xFF)
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    var name: String { labels["alertname"] ?? "" }
}
