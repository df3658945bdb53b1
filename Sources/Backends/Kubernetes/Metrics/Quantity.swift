import Glibc

/// A Kubernetes quantity: "12m", "1500000n", "128Mi", "1e3", "0.5".
struct Quantity: Sendable, Equatable {
    // Kept as a fraction, so that nanos of a core come out exact.
    private let numerator: Double
    private let denominator: Double

    init?(_ text: String) {
        if let plain = Self.plain(text.utf8) {
            (numerator, denominator) = plain
            return
        }
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "+" || $0 == "-") }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let scale = Self.scale(text.dropFirst(digits.count)) else { return nil }
        guard let mantissa = Double(parts.joined()), mantissa.isFinite else { return nil }
        numerator = mantissa * scale.numerator
        denominator = scale.denominator * (parts.count == 2 ? pow(10, Double(parts[1].count)) : 1)
    }

    var value: Double { numerator / denominator }

    /// Thousandths, rounded up as kubectl does.
    var milli: Int { Self.roundedUp(numerator * 1000 / denominator) }

    /// Whole units (bytes, pods), rounded up.
    var whole: Int { Self.roundedUp(numerator / denominator) }

    /// 2^53: whole petabytes, and still a sum of a thousand of them fits.
    private static let largest = 9_007_199_254_740_992.0

    private static func roundedUp(_ value: Double) -> Int {
        let nearest = value.rounded()
        let rounded = abs(value - nearest) < 1e-6 ? nearest : value.rounded(.up)
        return Int(max(-largest, min(largest, rounded)))
    }

    /// Digits and one of the usual units, as the figures of a hundred thousand pods are: by bytes, because characters took
    /// a quarter of the time of reading those.
    private static func plain(_ text: String.UTF8View) -> (numerator: Double, denominator: Double)? {
        var number = 0
        var rest = text[...]
        while let byte = rest.first, byte >= 0x30, byte <= 0x39, number < 1 << 48 {
            number = number * 10 + Int(byte - 0x30)
            rest.removeFirst()
        }
        guard rest.startIndex != text.startIndex else { return nil }
        switch (rest.count, rest.first) {
        case (0, _): return (Double(number), 1)
        case (1, UInt8(ascii: "n")): return (Double(number), 1e9)
        case (1, UInt8(ascii: "u")): return (Double(number), 1e6)
        case (1, UInt8(ascii: "m")): return (Double(number), 1e3)
        case (2, UInt8(ascii: "K")) where rest.last == UInt8(ascii: "i"): return (Double(number) * 1024, 1)
        case (2, UInt8(ascii: "M")) where rest.last == UInt8(ascii: "i"): return (Double(number) * 1_048_576, 1)
        default: return nil
        }
    }

    private static func scale(_ suffix: Substring) -> (numerator: Double, denominator: Double)? {
        if let binary = binary[suffix] { return (binary, 1) }
        if let decimal = decimal[suffix] { return decimal }
        // "e3" and "E-2" are exponents; a lone "E" is exa.
        guard let first = suffix.first, first == "e" || first == "E", let exponent = Int(suffix.dropFirst()) else {
            return nil
        }
        guard abs(exponent) < 300 else { return nil }
        return exponent < 0 ? (1, pow(10, Double(-exponent))) : (pow(10, Double(exponent)), 1)
    }

    private static let binary: [Substring: Double] = [
        "Ki": 1024, "Mi": 1_048_576, "Gi": 1_073_741_824, "Ti": 1_099_511_627_776, "Pi": 1_125_899_906_842_624,
        "Ei": 1_152_921_504_606_846_976,
    ]
    private static let decimal: [Substring: (numerator: Double, denominator: Double)] = [
        "": (1, 1), "n": (1, 1e9), "u": (1, 1e6), "m": (1, 1e3), "k": (1e3, 1), "M": (1e6, 1), "G": (1e9, 1),
        "T": (1e12, 1), "P": (1e15, 1), "E": (1e18, 1),
    ]
}
