import Model

/// A unified difference of two texts, three lines around each change.
enum TextDifference {
    private static let context = 3

    static func lines(_ before: String, _ after: String) -> [DifferenceLine] {
        let all = whole(split(before), split(after))
        var keep = [Bool](repeating: false, count: all.count)
        for (index, line) in all.enumerated() where line.kind != .same {
            for near in max(0, index - context)...min(all.count - 1, index + context) { keep[near] = true }
        }
        var result: [DifferenceLine] = []
        var number = 1
        for (index, line) in all.enumerated() {
            if keep[index] {
                if index > 0, !keep[index - 1] || result.isEmpty {
                    result.append(DifferenceLine(.place, "line \(number)"))
                }
                result.append(line)
            }
            if line.kind != .removed { number += 1 }
        }
        return result
    }

    private static func whole(_ before: [String], _ after: [String]) -> [DifferenceLine] {
        let difference = after.difference(from: before)
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in difference {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var result: [DifferenceLine] = []
        var (old, new) = (0, 0)
        while old < before.count || new < after.count {
            if removed.contains(old) {
                result.append(DifferenceLine(.removed, before[old]))
                old += 1
            } else if inserted.contains(new) {
                result.append(DifferenceLine(.added, after[new]))
                new += 1
            } else {
                result.append(DifferenceLine(.same, before[old]))
                (old, new) = (old + 1, new + 1)
            }
        }
        return result
    }

    private static func split(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }
}
