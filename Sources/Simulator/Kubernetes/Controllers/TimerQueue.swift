import Foundation

/// Things to do at their moments, earliest first; equal moments in the order of asking.
struct TimerQueue<Action> {
    private struct Entry {
        var at: Date
        var number: Int
        var action: Action
    }

    private var heap: [Entry] = []
    private var counter = 0

    var next: Date? { heap.first?.at }

    mutating func add(_ at: Date, _ action: Action) {
        counter += 1
        heap.append(Entry(at: at, number: counter, action: action))
        var index = heap.count - 1
        while index > 0, isBefore(index, (index - 1) / 2) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes the first thing that is due by `moment`.
    mutating func take(dueBy moment: Date) -> (at: Date, action: Action)? {
        guard let first = heap.first, first.at <= moment else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return (first.at, first.action)
    }

    private mutating func sink() {
        var index = 0
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count && isBefore(child, least) {
                least = child
            }
            guard least != index else { return }
            heap.swapAt(index, least)
            index = least
        }
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        (heap[left].at, heap[left].number) < (heap[right].at, heap[right].number)
    }
}
