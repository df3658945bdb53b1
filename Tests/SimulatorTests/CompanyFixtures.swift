import Foundation

@testable import Simulator

/// 22 November 2026, 12:00:00 UTC: noon of every test day at Lanternpay.
let noon = Date(timeIntervalSince1970: 1_795_348_800)

extension SimContainer {
    /// A container that has been running for an hour at noon, ten lines a second.
    static func sample(
        _ profile: LogProfile = .json, pod: String = "payments-api-0", endedAt: Date? = nil, ending: Ending? = nil
    ) -> SimContainer {
        SimContainer(
            cluster: "sandbox", namespace: "payments", pod: pod, podUID: "u-1", name: "payments-api",
            image: "registry.lanternpay.example/payments/payments-api:2.1.0", node: "sbx-worker-01",
            labels: ["app": "payments-api", "team": "payments"], profile: profile, linesPerSecond: 10,
            startedAt: noon.addingTimeInterval(-3600), endedAt: endedAt, ending: ending)
    }
}

extension SimLogLine {
    /// The text as far as it is UTF-8.
    var string: String { String(decoding: text, as: UTF8.self) }
}
