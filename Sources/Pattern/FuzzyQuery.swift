/// Letters that a text must have in their order, with anything in between; each word of the query by itself.
///
/// Ranking is fzf's idea: a match at the start of a word and right behind the one before counts for more, a gap costs.
struct FuzzyQuery {
    private let words: [[Unicode.Scalar]]
    /// The words as bytes where they are plain ASCII: then a text need not be taken apart to say yes or no.
    private let asciiWords: [[UInt8]]?
    private let isCaseSensitive: Bool

    init(_ source: String, caseSensitive: Bool) {
        isCaseSensitive = caseSensitive
        words = source.split(separator: " ").map { word in
            word.unicodeScalars.map { caseSensitive ? $0 : $0.folded }
        }
        asciiWords = words.allSatisfy { $0.allSatisfy(\.isASCII) } ? words.map { $0.map { UInt8($0.value) } } : nil
    }

    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if let asciiWords { return asciiWords.allSatisfy { hasInOrder($0, bytes) } }
        let text = FuzzyText(bytes, isCaseSensitive: isCaseSensitive)
        return words.allSatisfy { text.hasInOrder($0) }
    }

    /// The best match of each word, put together; nil when one word is not there.
    func match(in bytes: UnsafeBufferPointer<UInt8>) -> FuzzyMatch? {
        guard matches(bytes) else { return nil }
        let text = FuzzyText(bytes, isCaseSensitive: isCaseSensitive)
        var score = 0
        var places: Set<Int> = []
        for word in words {
            guard let found = text.bestPlaces(of: word) else { return nil }
            score += found.score
            places.formUnion(found.places)
        }
        return FuzzyMatch(score: score, ranges: text.byteRanges(of: places.sorted()))
    }

    private func hasInOrder(_ word: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var found = 0
        for byte in bytes.prefix(FuzzyText.longest) {
            let compared = !isCaseSensitive && UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
            if compared == word[found] { found += 1 }
            if found == word.count { return true }
        }
        return false
    }
}
