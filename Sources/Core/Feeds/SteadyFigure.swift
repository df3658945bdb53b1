import Synchronization

/// A time that wavers, kept as it was until it has really changed: a digit that flickers costs a frame and its bytes.
final class SteadyFigure: Sendable {
    private let kept = Mutex<Double?>(nil)

    /// What to show for a newly measured time, in seconds: news are more than a half, and more than 20 ms.
    func steady(_ seconds: Double) -> Double {
        kept.withLock { kept in
            if let kept, abs(seconds - kept) <= max(0.02, kept / 2) { return kept }
            kept = seconds
            return seconds
        }
    }
}
