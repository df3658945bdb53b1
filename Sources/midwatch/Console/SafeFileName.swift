/// A name made by a server, fit for a file: no separators, nothing hidden, nothing invisible.
struct SafeFileName {
    let text: String

    init(_ name: String) {
        let kept = name.unicodeScalars.map { scalar -> Character in
            let isFine =
                scalar.isASCII
                && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                    || "-_.".unicodeScalars.contains(scalar))
            return isFine ? Character(scalar) : "-"
        }
        let trimmed = String(kept).drop { $0 == "." || $0 == "-" }
        text = trimmed.isEmpty ? "midwatch" : String(trimmed.suffix(120))
    }
}
