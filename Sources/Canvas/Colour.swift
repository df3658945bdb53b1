/// A colour as a theme gives it; the terminal brings it down to what it can show.
public enum Colour: Hashable, Sendable {
    /// Whatever the person's terminal uses by default.
    case standard
    /// One of the sixteen the person's terminal has set up: 0…7 dark, 8…15 bright.
    case named(UInt8)
    /// An exact colour, and which of the sixteen stands for it where there are only those (-1: the terminal's default; nil:
    /// the nearest).
    case rgb(RGB, named: Int8?)
}

/// Eight bits of red, green and blue.
public struct RGB: Hashable, Sendable {
    public var red: UInt8
    public var green: UInt8
    public var blue: UInt8

    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// Reads "#rrggbb"; nil when it is not that.
    public init?(_ written: String) {
        guard written.utf8.count == 7, written.hasPrefix("#"),
            written.utf8.dropFirst().allSatisfy({ UInt8(ascii: "0") <= $0 && $0 != UInt8(ascii: "+") }),
            let value = UInt32(written.dropFirst(), radix: 16)
        else { return nil }
        self.init(UInt8(value >> 16), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    }

    /// How far apart two colours look: the "redmean" weighting, cheap and good enough to choose among few.
    func distance(to other: RGB) -> Int {
        let mean = (Int(red) + Int(other.red)) / 2
        let (r, g, b) = (
            Int(red) - Int(other.red), Int(green) - Int(other.green), Int(blue) - Int(other.blue)
        )
        return (((512 + mean) * r * r) >> 8) + 4 * g * g + (((767 - mean) * b * b) >> 8)
    }
}
