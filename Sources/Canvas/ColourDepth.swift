/// How many colours a terminal shows, and what becomes of a theme's colours there.
public enum ColourDepth: Int, Hashable, Sendable, Comparable, CaseIterable {
    case none = 0
    case eight = 8
    case sixteen = 16
    case twoHundredFiftySix = 256
    case direct = 16_777_216

    public static func < (a: ColourDepth, b: ColourDepth) -> Bool { a.rawValue < b.rawValue }

    /// A terminal's own number for a colour: -1 is its default, 0…255 its palette, `rgb` only where it takes exact ones.
    public enum Index: Hashable, Sendable {
        case palette(Int)
        case rgb(RGB)
    }

    /// The nearest this depth has. Exact colours never become one of the first sixteen where 256 are at hand, because
    /// people change those sixteen.
    public func index(of colour: Colour) -> Index {
        switch (self, colour) {
        case (.none, _), (_, .standard): .palette(-1)
        case (.eight, .named(let number)): .palette(Int(number) & 7)
        case (_, .named(let number)): .palette(Int(number) & 15)
        case (.direct, .rgb(let rgb, _)): Self.exactIndex(rgb).map(Index.palette) ?? .rgb(rgb)
        case (.twoHundredFiftySix, .rgb(let rgb, _)): .palette(Self.cubeIndex(rgb))
        case (.sixteen, .rgb(let rgb, let named)): .palette(Self.basic(named, 16) ?? Self.nearest(rgb, among: 16))
        case (.eight, .rgb(let rgb, let named)): .palette(Self.basic(named, 8) ?? Self.nearest(rgb, among: 8))
        }
    }

    private static func basic(_ named: Int8?, _ count: Int) -> Int? {
        named.map { $0 < 0 ? -1 : Int($0) & (count - 1) }
    }

    /// The number of a colour that is exactly one of the 256: it is half as long to write. The first of the cube are left out,
    /// since some people's set-ups redefine them.
    private static func exactIndex(_ rgb: RGB) -> Int? {
        let index = cubeIndex(rgb)
        return index > 21 && paletteColour(index) == rgb ? index : nil
    }

    static func paletteColour(_ index: Int) -> RGB {
        guard index < 232 else {
            let level = UInt8(8 + (index - 232) * 10)
            return RGB(level, level, level)
        }
        let place = index - 16
        return RGB(levels[place / 36], levels[place / 6 % 6], levels[place % 6])
    }

    /// The 6×6×6 cube and the grey ramp, 16…255, as xterm defines them.
    static func cubeIndex(_ rgb: RGB) -> Int {
        let (r, g, b) = (step(rgb.red), step(rgb.green), step(rgb.blue))
        let cube = RGB(levels[r], levels[g], levels[b])
        let mean = (Int(rgb.red) + Int(rgb.green) + Int(rgb.blue)) / 3
        let grey = min(23, max(0, (mean - 3) / 10))
        let level = UInt8(8 + grey * 10)
        let useGrey = rgb.distance(to: RGB(level, level, level)) < rgb.distance(to: cube)
        return useGrey ? 232 + grey : 16 + 36 * r + 6 * g + b
    }

    private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

    private static func step(_ value: UInt8) -> Int {
        levels.indices.min { abs(Int(levels[$0]) - Int(value)) < abs(Int(levels[$1]) - Int(value)) } ?? 0
    }

    static func nearest(_ rgb: RGB, among count: Int) -> Int {
        (0..<count).min { rgb.distance(to: usual[$0]) < rgb.distance(to: usual[$1]) } ?? 7
    }

    /// What the sixteen usually look like (xterm's).
    private static let usual: [RGB] = [
        RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
        RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
        RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
    ]
}
