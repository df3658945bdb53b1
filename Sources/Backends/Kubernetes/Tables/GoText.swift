import JSON

/// Scalars as Go's `fmt.Sprint` writes them, because kubectl's tables and YAML do.
enum GoText {
    static func scalar(_ value: JSONValue) -> String {
        guard value.kind == .number, value.int == nil, let double = value.double else { return value.scalarText ?? "" }
        return number(double)
    }

    /// `%v` of a float64: shortest digits, with an exponent from a million up and below 1e-4.
    static func number(_ double: Double) -> String {
        guard double.isFinite, double != 0 else { return double == 0 ? "0" : "\(double)" }
        let (negative, digits, point) = decimal(double)
        let sign = negative ? "-" : ""
        if point > 6 || point < -3 { return sign + scientific(digits, exponent: point - 1) }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    private static func scientific(_ digits: String, exponent: Int) -> String {
        let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
        let magnitude = abs(exponent)
        return digits.prefix(1) + fraction + (exponent < 0 ? "e-" : "e+") + (magnitude < 10 ? "0" : "") + "\(magnitude)"
    }

    /// Shortest digits without leading or trailing zeros, and where the decimal point stands among them.
    private static func decimal(_ double: Double) -> (negative: Bool, digits: String, point: Int) {
        let parts = abs(double).description.split(separator: "e")
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let whole = String(halves[0])
        let all = whole + (halves.count > 1 ? String(halves[1]) : "")
        let leading = all.prefix { $0 == "0" }.count
        let trimmed = String(all.dropFirst(leading).reversed().drop { $0 == "0" }.reversed())
        return (double < 0, trimmed, whole.count + exponent - leading)
    }
}
