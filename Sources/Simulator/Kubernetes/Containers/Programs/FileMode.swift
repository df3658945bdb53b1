/// The modes of `chmod`: `755`, `u+x`, `go-rw`, `a=r`.
enum FileMode {
    /// The mode after the change, or nil where the text is none.
    static func changed(_ mode: Int, by text: String) -> Int? {
        if let octal = Int(text, radix: 8), text.first?.isNumber == true { return octal & 0o7777 }
        var mode = mode
        for clause in text.split(separator: ",") {
            let who = clause.prefix { "ugoa".contains($0) }
            guard let sign = clause.dropFirst(who.count).first, "+-=".contains(sign) else { return nil }
            var bits = 0
            for letter in clause.dropFirst(who.count + 1) {
                guard let bit = ["r": 4, "w": 2, "x": 1, "X": 1][letter] else { return nil }
                bits |= bit
            }
            var mask = 0
            for (letter, shift) in [("u" as Character, 6), ("g", 3), ("o", 0)] {
                if who.isEmpty || who.contains("a") || who.contains(letter) { mask |= bits << shift }
                if sign == "=", who.isEmpty || who.contains("a") || who.contains(letter) { mode &= ~(7 << shift) }
            }
            mode = sign == "-" ? mode & ~mask : mode | mask
        }
        return mode
    }
}
