import CNcurses
import Canvas

/// ncurses' attributes and colour pairs for cell styles, made when a style is first drawn.
struct StyleTable {
    struct Look {
        var attributes: attr_t
        var pair: Int32
        /// The background's number, by which blanks are compared.
        var background: Int32

        /// A blank shows nothing of the text colour or weight unless it is underlined or reversed.
        var isBlankIndifferent: Bool { attributes & (mw_a_underline() | mw_a_reverse()) == 0 }

        func agreesOnBlank(with other: Look) -> Bool { isBlankIndifferent && background == other.background }
    }

    private let palette: Palette
    private let depth: ColourDepth
    private var looks: [CellStyle: Look] = [:]
    private var pairs: [Pair: Int32] = [:]
    private struct Pair: Hashable {
        var foreground: Int32
        var background: Int32
    }

    init(palette: Palette, depth: ColourDepth) {
        // Without colours, a theme made of colours would tell nothing apart.
        self.palette = depth == .none && palette.hasColours ? .plain : palette
        self.depth = depth
    }

    mutating func look(of style: CellStyle) -> Look {
        if let known = looks[style] { return known }
        let text = palette.style(of: style)
        var attributes = text.attributes
        // Without colours, a program's bars and marks are told by reverse: their ground would be lost.
        if depth == .none, style.paint.background != .standard { attributes.formSymmetricDifference(.reverse) }
        let foreground = number(text.foreground, &attributes)
        var unused: CellStyle.Attributes = []
        let background = number(text.background, &unused)
        let look = Look(
            attributes: Self.bits(of: attributes),
            pair: pair(foreground, background, mayTakeAnother: style.paint == .none), background: background)
        if looks.count > 4096 { looks.removeAll() }  // attributes multiply; a log could use many
        looks[style] = look
        return look
    }

    private func number(_ colour: Colour?, _ attributes: inout CellStyle.Attributes) -> Int32 {
        let colour = colour ?? .standard
        // With eight colours only, bold is the usual spelling of bright; bright black would not be seen.
        if depth == .eight, let name = Self.name(of: colour), name >= 8 {
            attributes.insert(name == 8 ? .dim : .bold)
            if name == 8 { return -1 }
        }
        switch depth.index(of: colour) {
        case .palette(let index): return Int32(index)
        case .rgb(let rgb): return DirectColour.number(of: rgb)
        }
    }

    private static func name(of colour: Colour) -> Int? {
        switch colour {
        case .standard: nil
        case .named(let name): Int(name)
        case .rgb(_, let named): named.map { Int($0) }
        }
    }

    /// Pair 0 is never used where there are colours: ncurses would reset everything to come back to it. When all pairs are
    /// taken the first ones are given away: that can only happen on a terminal with very few, where a wrong colour is better
    /// than none.
    /// What a shell's program drew takes no pair from anything else: it goes without its ground, then without colour.
    private mutating func pair(_ foreground: Int32, _ background: Int32, mayTakeAnother: Bool) -> Int32 {
        guard depth != .none else { return 0 }
        let wanted = Pair(foreground: foreground, background: background)
        if let known = pairs[wanted] { return known }
        let limit = max(2, mw_color_pairs())
        if pairs.count >= limit - 1, !mayTakeAnother {
            return pairs[Pair(foreground: foreground, background: -1)] ?? pairs[Pair(foreground: -1, background: -1)]
                ?? 1
        }
        let number = Int32(pairs.count) % (limit - 1) + 1
        pairs[wanted] = number
        init_extended_pair(number, foreground, background)
        return number
    }

    private static func bits(of attributes: CellStyle.Attributes) -> attr_t {
        var bits: attr_t = 0
        if attributes.contains(.bold) { bits |= mw_a_bold() }
        if attributes.contains(.dim) { bits |= mw_a_dim() }
        if attributes.contains(.underline) { bits |= mw_a_underline() }
        if attributes.contains(.reverse) { bits |= mw_a_reverse() }
        if attributes.contains(.italic) { bits |= mw_a_italic() }
        return bits
    }
}
