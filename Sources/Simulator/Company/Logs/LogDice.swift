/// The chances of one slot; cheap enough for every line.
struct LogDice {
    private var generator: SeededGenerator

    init(_ seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    mutating func roll() -> UInt64 { generator.next() }

    mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }

    /// 0 up to but not 1.
    mutating func fraction() -> Double { Double(generator.next() >> 11) / 9_007_199_254_740_992 }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
