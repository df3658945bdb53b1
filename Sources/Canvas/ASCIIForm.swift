/// What a terminal without UTF-8 shows instead of the symbols that midwatch draws with.
public enum ASCIIForm {
    /// The scalar itself when it is ASCII, else something that looks like it, else "?".
    public static func of(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar }
        if let known = forms[scalar] { return known }
        return (0x2500...0x257F).contains(scalar.value) ? "+" : "?"
    }

    private static let forms: [Unicode.Scalar: Unicode.Scalar] = {
        var result: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (symbols, form) in families {
            for symbol in symbols.unicodeScalars { result[symbol] = form }
        }
        return result
    }()

    private static let families: [(String, Unicode.Scalar)] = [
        ("─━═╌╍┄┅┈┉–—‐‑−", "-"), ("│┃║╎╏┆┇┊┋", "|"), ("…", "~"), ("●◉■◆★•", "*"), ("○◌□◇☆", "o"), ("·∙", "."),
        ("▶►▸→❯›»", ">"), ("◀◄◂←❮‹«", "<"), ("▲▴↑△", "^"), ("▼▾↓▽", "v"), ("✓✔", "+"), ("✗✘×✕", "x"),
        ("█▓▇▆▅", "#"), ("▒▄▃", "="), ("░▂▁", "-"), ("‘’", "'"), ("“”", "\""), ("\u{A0}", " "), ("⚠", "!"),
        ("␛", "^"), ("\u{FFFD}", "?"), ("µμ", "u"), ("°", "o"), ("±", "+"), ("↻⟳", "@"), ("↩⏎", "<"),
    ]
}
