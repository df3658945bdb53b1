import Model
import PaneKit

/// How many objects of an action are in which state, in words.
struct ActionTally: Equatable {
    var done = 0
    var failed = 0
    var unknown = 0
    var working = 0
    var waiting = 0
    var skipped = 0

    init(_ progress: ActionProgress) {
        for item in progress.items {
            switch item.state {
            case .waiting: waiting += 1
            case .working: working += 1
            case .done: done += 1
            case .failed: failed += 1
            case .unknown: unknown += 1
            case .skipped: skipped += 1
            }
        }
    }

    var total: Int { done + failed + unknown + working + waiting + skipped }
    var hasTrouble: Bool { failed + unknown > 0 }

    /// "2 of 5 done · 1 failed · 2 waiting".
    var words: String {
        told([
            (failed, "failed"), (unknown, "unknown"), (working, "under way"), (waiting, "waiting"),
            (skipped, "not begun"),
        ])
    }

    /// How far it is and what is wrong, for a line that has other things to say.
    var shortWords: String { told([(failed, "failed"), (unknown, "unknown")]) }

    private func told(_ rest: [(Int, String)]) -> String {

        (["\(Figure.count(done)) of \(Figure.count(total)) done"]
            + rest.filter { $0.0 > 0 }.map { "\(Figure.count($0.0)) \($0.1)" }).joined(separator: " · ")
    }
}
