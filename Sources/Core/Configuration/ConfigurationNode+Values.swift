/// Values that have a form of their own.
extension ConfigurationNode {
    /// A number of seconds, at least `least`: "1", "0.5".
    func seconds(atLeast least: Double) -> Double? {
        guard let value = node.float, value.isFinite, value >= least else {
            mistake("\(place) must be a number of seconds, at least \(Self.short(least)), not \(valueWords)")
            return nil
        }
        return value
    }

    func count(_ range: ClosedRange<Int>) -> Int? {
        guard let value = node.int, range.contains(value) else {
            mistake(
                "\(place) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \(valueWords)")
            return nil
        }
        return value
    }

    /// A size in bytes: "256MB", "1GiB", "4194304".
    func bytes(atLeast least: Int) -> Int? {
        guard let size = node.scalar.flatMap({ Self.size($0.string) }), size >= least else {
            mistake("\(place) must be a size of at least \(least >> 20)MB such as 256MB or 1GB, not \(valueWords)")
            return nil
        }
        return size
    }

    /// `{ env: NAME }`, `{ file: PATH }` or `{ command: [PROGRAM, ARGUMENT] }`. What stands there instead is never quoted.
    func secret() -> SecretReference? {
        let forms = "{ env: NAME }, { file: PATH } or { command: [PROGRAM, ARGUMENTS] }"
        guard case .mapping(let mapping) = node else {
            mistake("\(place) must not stand in this file; say where it is: \(forms)")
            return nil
        }
        guard mapping.count == 1, let (key, value) = mapping.first else {
            mistake("\(place) needs exactly one of \(forms)")
            return nil
        }
        let inner = ConfigurationNode(value, path: path, mistakes: mistakes)
        switch key.scalar?.string {
        case "env": return inner.text().map { .env($0) }
        case "file": return inner.text().map { .file($0) }
        case "command": return inner.program().map { .command($0) }
        case let other:
            mistake(Self.unknown(other ?? "", in: path, known: ["env", "file", "command"]))
            return nil
        }
    }

    private func program() -> [String]? {
        guard let words = texts(), let program = words.first else { return nil }
        guard words.count > 1 || !program.contains(" ") else {
            mistake("the command of \(place) runs without a shell; write it as a list: [PROGRAM, ARGUMENT]")
            return nil
        }
        return words
    }

    /// An absolute address of one of the schemes, without a login inside.
    func address(_ schemes: [String]) -> String? {
        guard let text = text() else { return nil }
        let forms = schemes.map { "\($0)://" }
        guard let scheme = forms.first(where: { text.hasPrefix($0) }) else {
            let words = forms.dropLast().joined(separator: ", ") + " or " + (forms.last ?? "")
            mistake("\(place) must begin with \(words)")
            return nil
        }
        let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else {
            mistake("\(place) must not hold a user or a password; use the keys user and password")
            return nil
        }
        guard !authority.isEmpty, !text.contains(where: \.isWhitespace) else {
            mistake("\(place) has no host name")
            return nil
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func short(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : String(value)
    }

    private static func size(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), number > 0 else { return nil }
        let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        let shifts = [
            "": 0, "b": 0, "k": 10, "kb": 10, "kib": 10, "m": 20, "mb": 20, "mib": 20, "g": 30, "gb": 30, "gib": 30,
        ]
        guard let shift = shifts[unit], number <= Int.max >> shift else { return nil }
        return number << shift
    }
}
