import Canvas
import Model

/// Says on stderr what has changed since the last time, a line an object.
struct ProgressTeller {
    let isSilent: Bool
    private var told: [Int: String] = [:]

    init(isSilent: Bool) { self.isSilent = isSilent }

    mutating func tell(_ progress: ActionProgress) {
        guard !isSilent else { return }
        for (index, item) in progress.items.enumerated() {
            let words = Self.words(item.state)
            guard !words.isEmpty, told[index] != words else { continue }
            told[index] = words
            complain("\(item.name): \(words)")
        }
    }

    private static func words(_ state: ActionProgress.State) -> String {
        switch state {
        case .waiting: ""
        case .working(let words): words == "sending" ? "" : words
        case .done(let words): words
        case .failed(let words): "failed: \(words)"
        case .unknown(let words): "unknown: \(words)"
        case .skipped(let words): words
        }
    }
}
