import JSON

extension YAMLMeaning {
    /// What a plain word is to Kubernetes' YAML reader (YAML 1.1, as go-yaml 2 has it): "0644" is octal, "yes" is true, a date
    /// stays a text.
    static func value(of text: String) -> JSONTree {
        if text.isEmpty || nothing.contains(text) { return .null }
        if yes.contains(text) { return .bool(true) }
        if no.contains(text) { return .bool(false) }
        guard !isText(text) else { return .string(text) }
        let plain = text.replacing("_", with: "")
        if let integer = integer(plain) { return .number(String(integer)) }
        guard plain.utf8.allSatisfy({ (48...57).contains($0) || "+-.eE".utf8.contains($0) }),
            let double = Double(bare(plain)),
            double.isFinite
        else { return .string(text) }
        // JSON has no leading plus, and no number that begins or ends with its point.
        return .number(String(double))
    }

    private static let nothing: Set<String> = ["~", "null", "Null", "NULL"]
    private static let yes: Set<String> = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]
    private static let no: Set<String> = ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]

    private static func integer(_ text: String) -> Int? {
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        let lower = digits.lowercased()
        let value: Int?
        if lower.hasPrefix("0x") {
            value = Int(lower.dropFirst(2), radix: 16)
        } else if lower.hasPrefix("0o") {
            value = Int(lower.dropFirst(2), radix: 8)
        } else if lower.hasPrefix("0b") {
            value = Int(lower.dropFirst(2), radix: 2)
        } else if digits.count > 1, digits.hasPrefix("0") {
            value = Int(digits, radix: 8)
        } else {
            value = digits.allSatisfy { $0.isASCII && $0.isNumber } ? Int(digits) : nil
        }
        return value.map { isNegative ? -$0 : $0 }
    }

    private static func bare(_ text: String) -> String { text.hasSuffix(".") ? String(text.dropLast()) : text }
}
