/// Whether a text can name a container image: `[host[:port]/]path[:tag][@algorithm:digest]`, as registries define it
/// (distribution/reference).
enum ImageReference {
    /// What is wrong with it, in words; nil when it can be one.
    static func fault(_ text: String) -> String? {
        guard !text.isEmpty else { return "it is empty" }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return "it holds blanks or foreign characters" }
        guard text.utf8.count <= 512 else { return "it is too long" }
        let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        if halves.count == 2, let fault = digestFault(halves[1]) { return fault }
        return nameFault(halves[0])
    }

    private static func digestFault(_ digest: Substring) -> String? {
        let parts = digest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].count >= 32,
            parts[1].allSatisfy({ $0.isASCII && $0.isHexDigit && !$0.isUppercase })
        else { return "behind @ must stand a digest such as sha256:…" }
        return nil
    }

    private static func nameFault(_ name: Substring) -> String? {
        var name = name
        if let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") {
            let tag = name[name.index(after: colon)...]
            guard isTag(tag) else { return "\"\(tag)\" is no tag" }
            name = name[..<colon]
        }
        var parts = name.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 1, let first = parts.first, isHost(first) { parts.removeFirst() }
        for part in parts where !isPathPart(part) {
            if part.contains(where: \.isUppercase) { return "\"\(part)\" must be in lower case" }
            return part.isEmpty ? "a part of its path is empty" : "\"\(part)\" is no part of a path"
        }
        return nil
    }

    private static func isTag(_ tag: Substring) -> Bool {
        guard let first = tag.first, first.isASCII, first.isLetter || first.isNumber || first == "_" else {
            return false
        }
        return tag.utf8.count <= 128
            && tag.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "." || $0 == "-") }
    }

    /// As docker tells a host from a path: it has a dot or a port, or is "localhost".
    private static func isHost(_ part: Substring) -> Bool {
        guard part == "localhost" || part.contains(".") || part.contains(":") else { return false }
        let halves = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        if halves.count == 2, UInt16(halves[1]) == nil { return false }
        return !halves[0].isEmpty
            && halves[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "." || $0 == "-") }
    }

    /// Lower case letters and digits, with one dot, one or two underscores or any number of dashes between.
    private static func isPathPart(_ part: Substring) -> Bool {
        guard let first = part.first, let last = part.last, isPlain(first), isPlain(last) else { return false }
        var run = ""
        for character in part {
            if isPlain(character) {
                guard ["", ".", "_", "__"].contains(run) || run.allSatisfy({ $0 == "-" }) else { return false }
                run = ""
            } else {
                guard "._-".contains(character) else { return false }
                run.append(character)
            }
        }
        return true
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isNumber || character.isLowercase)
    }
}
