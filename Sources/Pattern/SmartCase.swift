/// Smart case: capital letters in what a person typed mean that case counts, as in vim.
enum SmartCase {
    /// Whether the source has a capital letter; those of a regular expression's escapes (`\S`, `\p{Lu}`) do not count.
    static func hasCapital(_ source: String, syntax: Pattern.Syntax) -> Bool {
        guard syntax == .regex else { return source.unicodeScalars.contains(where: isCapital) }
        var rest = source.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if isCapital(scalar) { return true }
            guard scalar == "\\", let escaped = rest.popFirst() else { continue }
            // What stands in the braces behind these is a name or a number.
            if "pPxoNkg".unicodeScalars.contains(escaped), rest.first == "{" {
                rest = rest.drop { $0 != "}" }
            }
        }
        return false
    }

    private static func isCapital(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isUppercase
    }
}
