/// A printed table without its column of ages, which grow between two looks; they are compared by their size.
struct AgelessTable: Equatable {
    /// The lines with the ages and the blanks behind them cut out.
    let lines: [Substring]
    let ages: [Double]

    init(_ text: String) {
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let column = Self.column(of: all.first ?? "") else {
            (lines, ages) = (all, [])
            return
        }
        lines = all.map { $0.prefix(column.lowerBound) + $0.dropFirst(column.upperBound) }
        ages = all.dropFirst().filter { !$0.isEmpty }.map { line in
            Self.seconds(line.dropFirst(column.lowerBound).prefix { $0 != " " })
        }
    }

    /// As wide as the title with the blanks up to the next.
    private static func column(of titles: Substring) -> Range<Int>? {
        guard let start = titles.range(of: "   AGE").map({ titles.index($0.upperBound, offsetBy: -3) }) else {
            return nil
        }
        let offset = titles.distance(from: titles.startIndex, to: start)
        let rest = titles[start...]
        let end = rest.drop { $0 != " " }.drop { $0 == " " }
        return offset..<(end.isEmpty ? Int.max : offset + rest.count - end.count)
    }

    /// "3d4h" in seconds; what is no age is -1.
    private static func seconds(_ age: Substring) -> Double {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400, "y": 365 * 86400]
        var (total, number) = (0.0, "")
        for character in age {
            if let unit = units[character], let value = Double(number) {
                (total, number) = (total + unit * value, "")
            } else {
                number.append(character)
            }
        }
        return number.isEmpty && !age.isEmpty ? total : -1
    }

    /// Whether each age is that of the other, give or take what passes between two looks.
    func isOfAge(_ other: AgelessTable) -> Bool {
        ages.count == other.ages.count
            && zip(ages, other.ages).allSatisfy { $0 >= 0 && abs($0 - $1) <= 120 + 0.05 * max($0, $1) }
    }
}
