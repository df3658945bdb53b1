import Canvas
import Foundation

/// Prints values as JSON, sorted keys, times in RFC 3339.
enum JSONOutput {
    static func print(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(value)
        Swift.print(safe(String(decoding: data, as: UTF8.self)))
    }

    /// JSON that means the same, with everything that a terminal may act on (C1 controls, bidirectional overrides, what
    /// cannot be seen) written as `\u` escapes; such characters stand inside strings only.
    static func safe(_ json: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            if scalar != "\n", scalar != "\t", case .replaced = scalar.screenForm {
                for unit in String(scalar).utf16 {
                    result.append(contentsOf: String(format: "\\u%04x", unit).unicodeScalars)
                }
            } else {
                result.append(scalar)
            }
        }
        return String(result)
    }
}
