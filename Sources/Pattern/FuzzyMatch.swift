/// How well a text answers a fuzzy query, and which of its bytes did.
struct FuzzyMatch: Equatable {
    var score: Int
    /// The matched characters in bytes, from left to right, neighbours joined.
    var ranges: [Range<Int>]
}
