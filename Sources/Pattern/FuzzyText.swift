/// A text taken apart for fuzzy matching: its characters as they compare, where they start, and what a match there is worth.
struct FuzzyText {
    /// Longer texts are looked at up to here; names and command titles are far below.
    static let longest = 1024

    private static let matchScore = 16
    private static let gapStart = -3
    private static let gapStep = -1
    private static let neighbourBonus = 4
    private static let unreachable = Int.min / 2

    private var characters: [Unicode.Scalar] = []
    /// Where each character starts, and at last where the text ends.
    private var starts: [Int] = []
    private var bonuses: [Int] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, isCaseSensitive: Bool) {
        var start = 0
        var before: Unicode.Scalar = " "
        var rest = bytes.prefix(Self.longest).makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        reading: while true {
            var scalar: Unicode.Scalar = "\u{fffd}"
            let width: Int
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                scalar = UTF8.decode(encoded)
                width = encoded.count
            case .error(let length): width = length
            case .emptyInput: break reading
            }
            starts.append(start)
            bonuses.append(Self.bonus(of: scalar, after: before))
            characters.append(isCaseSensitive ? scalar : scalar.folded)
            start += width
            before = scalar
        }
        starts.append(start)
    }

    func hasInOrder(_ word: [Unicode.Scalar]) -> Bool {
        var rest = word[...]
        for character in characters where character == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }

    /// The places of the characters of `word` that score best; nil when they are not all there in order.
    func bestPlaces(of word: [Unicode.Scalar]) -> (score: Int, places: [Int])? {
        guard !word.isEmpty, hasInOrder(word) else { return word.isEmpty ? (0, []) : nil }
        var rows: [Row] = []
        for wanted in word { rows.append(row(for: wanted, above: rows.last)) }
        guard let last = rows.last, let end = last.scores.indices.max(by: { last.scores[$0] < last.scores[$1] }),
            last.scores[end] > Self.unreachable
        else { return nil }
        var places = [end]
        for row in rows.dropFirst().reversed() { places.append(row.origins[places[places.count - 1]]) }
        return (last.scores[end], places.reversed())
    }

    /// The places as ranges of bytes, neighbours joined.
    func byteRanges(of places: [Int]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for place in places {
            let range = starts[place]..<starts[place + 1]
            if let last = ranges.last, last.upperBound == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    /// For one character of the word and each place of the text: the best score that ends there, where the character
    /// before it stood then, and what the run of neighbours it belongs to is worth a character.
    private struct Row {
        var scores: [Int]
        var origins: [Int]
        var runs: [Int]
    }

    private func row(for wanted: Unicode.Scalar, above: Row?) -> Row {
        let count = characters.count
        var row = Row(
            scores: Array(repeating: Self.unreachable, count: count), origins: Array(repeating: -1, count: count),
            runs: bonuses)
        // The best place above that is not the neighbour, less what the gap costs.
        var far = (score: Self.unreachable, place: -1)
        for place in characters.indices {
            if let above, place >= 2 {
                far.score += Self.gapStep
                let opened = above.scores[place - 2] + Self.gapStart
                if opened > far.score { far = (opened, place - 2) }
            }
            guard characters[place] == wanted else { continue }
            guard let above else {
                // The start of the text counts a little more than a place further on.
                row.scores[place] = Self.matchScore + bonuses[place] - min(place, 8)
                continue
            }
            let run = place >= 1 ? max(above.runs[place - 1], bonuses[place], Self.neighbourBonus) : 0
            let near = place >= 1 ? above.scores[place - 1] + run : Self.unreachable
            let apart = far.score + bonuses[place]
            guard max(near, apart) > Self.unreachable / 2 else { continue }
            row.scores[place] = Self.matchScore + max(near, apart)
            row.origins[place] = near >= apart ? place - 1 : far.place
            if near >= apart { row.runs[place] = run }
        }
        return row
    }

    private static func bonus(of scalar: Unicode.Scalar, after before: Unicode.Scalar) -> Int {
        if isSeparator(before) { return 10 }
        if before.properties.isLowercase, scalar.properties.isUppercase { return 8 }
        if !("0"..."9" ~= before), "0"..."9" ~= scalar { return 6 }
        return 0
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "-", "_", "/", ".", ":", ",", "@", "=": true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// The character as it compares when case does not count.
    var folded: Unicode.Scalar {
        if isASCII { return "A"..."Z" ~= self ? Unicode.Scalar(UInt8(value) | 0x20) : self }
        return properties.lowercaseMapping.unicodeScalars.first ?? self
    }
}
