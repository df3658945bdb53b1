import Dispatch
import Foundation
import Model

/// The real clock and real chance.
public struct SystemPacer: Pacer {
    public init() {}

    public var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    public var uptime: Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 }

    public func sleep(_ seconds: Double) async throws {
        try await Task.sleep(for: .seconds(max(0, seconds)))
    }

    public func random() -> Double { Double.random(in: 0..<1) }
}
