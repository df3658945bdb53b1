/// Whether texts can be keys and values of labels and annotations, as Kubernetes defines them.
enum LabelText {
    /// What is wrong with a key, in words; nil when it is one.
    static func fault(key: String) -> String? {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return "it has more than one slash" }
        if parts.count == 2, !isPrefix(parts[0]) {
            return "\"\(parts[0])\" before the slash is no DNS name in lower case"
        }
        guard let name = parts.last, isName(name) else {
            return
                "its name must be 1 to 63 letters, digits, dashes, underscores and dots, ends being letters or digits"
        }
        return nil
    }

    /// The same for a label's value; an annotation's may be anything.
    static func fault(value: String) -> String? {
        value.isEmpty || isName(value[...])
            ? nil
            : "a value must be empty, or at most 63 letters, digits, dashes, underscores and dots, ends being letters or digits"
    }

    private static func isName(_ text: Substring) -> Bool {
        guard (1...63).contains(text.utf8.count), let first = text.first, let last = text.last else { return false }
        return isPlain(first) && isPlain(last) && text.allSatisfy { isPlain($0) || "-_.".contains($0) }
    }

    private static func isPrefix(_ text: Substring) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.first, let last = part.last, part.utf8.count <= 63 else { return false }
            return isLower(first) && isLower(last) && part.allSatisfy { isLower($0) || $0 == "-" }
        }
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
    private static func isLower(_ character: Character) -> Bool { isPlain(character) && !character.isUppercase }
}
