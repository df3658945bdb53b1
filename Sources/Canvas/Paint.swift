import Synchronization

/// Two colours that a shell's program chose itself, for its text and for what lies behind; two bytes in a cell's style.
///
/// `.standard` leaves a colour to role and ground. What terminals have always had is numbered without a table; other
/// colours are remembered as exact pairs, and once very many different ones were seen, new pairs become the nearest of 64
/// colours: a program that draws with every colour there is cannot use up the terminal's pairs.
public struct Paint: Hashable, Sendable {
    // Two bytes and not one number of two, so that a style needs no alignment and a cell stays at twelve bytes.
    private let low: UInt8
    private let high: UInt8

    /// Everything is left to role and ground.
    public static let none = Paint(number: 0)

    public init(_ foreground: Colour, on background: Colour = .standard) {
        if let number = Self.plainNumber(foreground, background) {
            self.init(number: number)
        } else {
            self.init(number: ExactPaints.shared.number(foreground, background))
        }
    }

    public var foreground: Colour { colours.0 }
    public var background: Colour { colours.1 }

    private var colours: (Colour, Colour) {
        let number = Int(low) | Int(high) << 8
        guard number >= Self.plainCount else {
            return (Self.plain[number / Self.plain.count], Self.plain[number % Self.plain.count])
        }
        return ExactPaints.shared.colours(number)
    }

    init(number: Int) {
        low = UInt8(number & 0xFF)
        high = UInt8(number >> 8)
    }

    /// The colours that need no table: none, the sixteen, and a cube of four steps.
    private static let plain: [Colour] = {
        let levels: [UInt8] = [0, 95, 175, 255]
        let cube = levels.flatMap { r in levels.flatMap { g in levels.map { b in RGB(r, g, b) } } }
        return [.standard] + (0..<16).map { .named($0) } + cube.map { .rgb($0, named: nil) }
    }()
    fileprivate static let plainCount = plain.count * plain.count

    private static func plainNumber(_ foreground: Colour, _ background: Colour) -> Int? {
        guard let text = index(of: foreground), let behind = index(of: background) else { return nil }
        return text * plain.count + behind
    }

    private static func index(of colour: Colour) -> Int? {
        switch colour {
        case .standard: 0
        case .named(let name): 1 + Int(name & 15)
        case .rgb: nil
        }
    }

    /// The number of the nearest pair that needs no table.
    fileprivate static func nearest(_ foreground: Colour, _ background: Colour) -> Int {
        (index(of: foreground) ?? cubeIndex(foreground)) * plain.count
            + (index(of: background) ?? cubeIndex(background))
    }

    private static func cubeIndex(_ colour: Colour) -> Int {
        guard case .rgb(let rgb, _) = colour else { return 0 }
        let steps = [rgb.red, rgb.green, rgb.blue].map { $0 < 48 ? 0 : $0 < 135 ? 1 : $0 < 215 ? 2 : 3 }
        return 17 + steps[0] * 16 + steps[1] * 4 + steps[2]
    }
}

/// The pairs of exact colours seen so far.
final class ExactPaints: Sendable {
    /// Far below the 32,767 pairs that terminals have at least when they have many colours.
    static let shared = ExactPaints(limit: 16_384)
    private let limit: Int

    private struct Pair: Hashable {
        var foreground: Colour
        var background: Colour
    }
    private struct State {
        var pairs: [Pair] = []
        var index: [Pair: Int] = [:]
    }
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// The number of a pair; once all are taken, that of the nearest which needs none.
    func number(_ foreground: Colour, _ background: Colour) -> Int {
        let pair = Pair(foreground: foreground, background: background)
        return state.withLock { state in
            if let known = state.index[pair] { return known }
            guard state.pairs.count < limit else { return Paint.nearest(foreground, background) }
            let fresh = Paint.plainCount + state.pairs.count
            state.pairs.append(pair)
            state.index[pair] = fresh
            return fresh
        }
    }

    func colours(_ number: Int) -> (Colour, Colour) {
        state.withLock { state in
            let pair = state.pairs[number - Paint.plainCount]
            return (pair.foreground, pair.background)
        }
    }
}

extension Colour {
    /// One of the 256 that SGR sequences can name: the sixteen, the cube, the greys.
    public static func palette(_ index: Int) -> Colour {
        guard index >= 16 else { return .named(UInt8(max(0, index))) }
        return .rgb(ColourDepth.paletteColour(min(index, 255)), named: nil)
    }
}
