/// File name patterns: `*`, `?`, `[a-z]`.
enum Glob {
    static func fits(_ pattern: String, _ text: String) -> Bool { fits(Array(pattern)[...], Array(text)[...]) }

    private static func fits(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        var (pattern, text) = (pattern, text)
        while let symbol = pattern.first {
            switch symbol {
            case "*":
                let rest = pattern.dropFirst().drop { $0 == "*" }
                if rest.isEmpty { return true }
                return text.indices.contains { fits(rest, text[$0...]) }
            case "?": guard !text.isEmpty else { return false }
            case "[":
                guard let end = pattern.dropFirst(2).firstIndex(of: "]"), let character = text.first else {
                    return false
                }
                guard isIn(pattern[(pattern.startIndex + 1)..<end], character) else { return false }
                pattern = pattern[end...]
            case "\\" where pattern.count > 1:
                pattern = pattern.dropFirst()
                guard text.first == pattern.first else { return false }
            default: guard text.first == symbol else { return false }
            }
            (pattern, text) = (pattern.dropFirst(), text.dropFirst())
        }
        return text.isEmpty
    }

    private static func isIn(_ set: ArraySlice<Character>, _ character: Character) -> Bool {
        let isNegated = set.first == "!" || set.first == "^"
        var rest = isNegated ? set.dropFirst() : set
        var isFound = false
        while let low = rest.popFirst() {
            if rest.first == "-", rest.count > 1 {
                rest = rest.dropFirst()
                if let high = rest.popFirst(), low <= character, character <= high { isFound = true }
            } else if low == character {
                isFound = true
            }
        }
        return isFound != isNegated
    }

    /// The paths that fit, sorted; names with a dot first only where the pattern has one.
    static func paths(_ pattern: String, from directory: String, in files: FileSystem) -> [String] {
        var found = [pattern.hasPrefix("/") ? "/" : ""]
        for part in pattern.split(separator: "/").map(String.init) {
            found = found.flatMap { base -> [String] in
                let prefix = base.isEmpty || base.hasSuffix("/") ? base : base + "/"
                guard part.contains(where: { "*?[".contains($0) }) else {
                    let path = prefix + part
                    return files.exists(Path.absolute(path, from: directory)) ? [path] : []
                }
                // What is no directory has nothing in it.
                let entries = (try? files.list(Path.absolute(base.isEmpty ? "." : base, from: directory))) ?? []
                return entries.map(\.name).filter { $0.hasPrefix(".") == part.hasPrefix(".") && fits(part, $0) }
                    .map { prefix + $0 }
            }
        }
        return found
    }

    /// The text without the part at one of its ends that fits.
    static func trimmed(_ text: String, _ pattern: String, fromStart: Bool, longest: Bool) -> String {
        let characters = Array(text)
        let counts = longest ? Array((0...characters.count).reversed()) : Array(0...characters.count)
        for count in counts {
            let part = fromStart ? characters.prefix(count) : characters.suffix(count)
            guard fits(pattern, String(part)) else { continue }
            return String(fromStart ? characters.dropFirst(count) : characters.dropLast(count))
        }
        return text
    }
}
