/// The character lists of `tr`: `a-z`, `\n`, `[:upper:]`.
enum CharacterList {
    static func bytes(_ text: String) -> [UInt8] {
        let named = text.replacing("[:upper:]", with: "A-Z").replacing("[:lower:]", with: "a-z")
            .replacing("[:digit:]", with: "0-9").replacing("[:space:]", with: " \\t\\n")
        var rest = EscapeText.bytes(named)[...]
        var bytes: [UInt8] = []
        while let low = rest.popFirst() {
            if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first, low <= high {
                bytes += Array(low...high)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(low)
            }
        }
        return bytes
    }
}
