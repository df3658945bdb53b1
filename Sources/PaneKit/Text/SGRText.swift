import Canvas

/// Log text with its own colours: SGR sequences become styles, every other escape sequence stays visible as text.
public struct SGRText {
    private var spans: [StyledLine.Span] = []
    private var pending = ""
    private var style: CellStyle
    private let base: CellStyle
    private var column = 0

    /// `base` is the style of text that asks for no colour. Tabs go to the next multiple of eight columns.
    public static func line(_ bytes: [UInt8], base: CellStyle = .text) -> StyledLine {
        var reader = SGRText(base: base)
        reader.read(bytes)
        return StyledLine(reader.spans)
    }

    private init(base: CellStyle) {
        self.base = base
        style = base
    }

    private mutating func read(_ bytes: [UInt8]) {
        let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
        if isPlain {
            spans = [.init(String(decoding: bytes, as: UTF8.self), base)]
            return
        }
        var index = 0
        var start = 0
        while index < bytes.count {
            if bytes[index] == 0x1B, let end = Self.sgrEnd(bytes, index) {
                text(bytes[start..<index])
                flush()
                apply(bytes[(index + 2)..<end])
                index = end + 1
                start = index
            } else {
                index += 1
            }
        }
        text(bytes[start...])
        flush()
    }

    /// The index of the `m` that ends the sequence at `start`; nil when it is none that sets a style.
    private static func sgrEnd(_ bytes: [UInt8], _ start: Int) -> Int? {
        guard start + 2 < bytes.count, bytes[start + 1] == 0x5B else { return nil }
        var index = start + 2
        while index < bytes.count, index - start < 64 {
            let byte = bytes[index]
            if byte == 0x6D { return index }
            guard (0x30...0x3B).contains(byte) else { return nil }
            index += 1
        }
        return nil
    }

    private mutating func text(_ bytes: ArraySlice<UInt8>) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar == "\t" {
                let blanks = 8 - column % 8
                pending += String(repeating: " ", count: blanks)
                column += blanks
            } else {
                pending.unicodeScalars.append(scalar)
                column += 1
            }
        }
    }

    private mutating func flush() {
        if !pending.isEmpty { spans.append(.init(pending, style)) }
        pending = ""
    }

    private mutating func apply(_ parameters: ArraySlice<UInt8>) {
        var codes = String(decoding: parameters, as: UTF8.self)
            .split(whereSeparator: { $0 == ";" || $0 == ":" }).map { Int($0) ?? 0 }[...]
        if codes.isEmpty { style = base }
        while let code = codes.popFirst() { apply(code, &codes) }
    }

    private mutating func apply(_ code: Int, _ rest: inout ArraySlice<Int>) {
        switch code {
        case 0: style = base
        case 1: style.attributes.insert(.bold)
        case 2: style.attributes.insert(.dim)
        case 3: style.attributes.insert(.italic)
        case 4: style.attributes.insert(.underline)
        case 7: style.attributes.insert(.reverse)
        case 22: style.attributes.subtract([.bold, .dim])
        case 23: style.attributes.remove(.italic)
        case 24: style.attributes.remove(.underline)
        case 27: style.attributes.remove(.reverse)
        case 30...37: style.role = .ansi(code - 30)
        case 90...97: style.role = .ansi(code - 90 + 8)
        case 38: if let colour = Self.extended(&rest) { style.role = .ansi(colour) }
        case 48: _ = Self.extended(&rest)
        case 39: style.role = base.role
        default: break  // Backgrounds are the console's own, so that a selection is always seen.
        }
    }

    /// Reads `5;n` or `2;r;g;b` and gives the nearest of the sixteen.
    private static func extended(_ rest: inout ArraySlice<Int>) -> Int? {
        switch rest.popFirst() {
        case 5:
            guard let index = rest.popFirst() else { return nil }
            if index < 16 { return index }
            if index >= 232 { return index < 244 ? 8 : 7 }
            guard (16..<232).contains(index) else { return index < 0 ? nil : 7 }
            let cube = index - 16
            return nearest(cube / 36 * 51, cube / 6 % 6 * 51, cube % 6 * 51)
        case 2:
            guard rest.count >= 3 else { return nil }
            return nearest(rest.removeFirst(), rest.removeFirst(), rest.removeFirst())
        default: return nil
        }
    }

    private static func nearest(_ red: Int, _ green: Int, _ blue: Int) -> Int {
        let (red, green, blue) = (min(max(red, 0), 255), min(max(green, 0), 255), min(max(blue, 0), 255))
        let top = max(red, green, blue)
        if top < 60 { return 8 }
        let index = (red * 2 > top ? 1 : 0) + (green * 2 > top ? 2 : 0) + (blue * 2 > top ? 4 : 0)
        return top > 170 ? index + 8 : index
    }
}
