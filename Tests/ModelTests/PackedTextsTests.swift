import Model
import Testing

@Suite("Several texts in one piece")
struct PackedTextsTests {
    private func holds(_ word: String, _ texts: [String], in range: Range<Int>) -> Bool {
        let word = Array(word.utf8)
        return PackedTexts(texts).anyText(in: range) { bytes, from in
            (from..<max(from, bytes.count - word.count + 1)).first { start in
                bytes[start..<(start + word.count)].elementsEqual(word)
            }.map { $0..<($0 + word.count) }
        }
    }

    @Test("a word is found within a text")
    func found() {
        #expect(holds("ed", ["shop", "ledger", ""], in: 0..<3))
        #expect(holds("shop", ["shop", "ledger", ""], in: 0..<3))
    }

    @Test("the end of one text and the beginning of the next are no word, but one behind them is")
    func seam() {
        #expect(!holds("pl", ["shop", "ledger"], in: 0..<2))
        #expect(holds("ab", ["xa", "bab"], in: 0..<2))
        #expect(!holds("ab", ["a", "", "b"], in: 0..<3))
    }

    @Test("texts outside the range are not looked at")
    func range() {
        #expect(!holds("shop", ["shop", "ledger", "shop"], in: 1..<2))
        #expect(holds("shop", ["", "ledger", "shop"], in: 2..<3))
        #expect(!holds("shop", ["shop"], in: 0..<0))
    }
}
