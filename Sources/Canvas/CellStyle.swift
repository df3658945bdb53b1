/// What a piece of the screen means; a theme says how it looks. Panes name roles, never colours.
public enum Role: UInt8, Sendable, CaseIterable {
    case text, muted, accent, title, border, header, key
    case good, progressing, warning, critical
    /// The text of a protected environment's badge.
    case danger
    case link, number, string, keyword, comment
    /// Colours that a log line asked for itself, 0…15.
    case ansi0, ansi1, ansi2, ansi3, ansi4, ansi5, ansi6, ansi7
    case ansi8, ansi9, ansi10, ansi11, ansi12, ansi13, ansi14, ansi15
    /// Telling several pods or environments apart.
    case series0, series1, series2, series3, series4, series5, series6, series7

    /// The role of one of the sixteen colours that an SGR sequence can name.
    public static func ansi(_ index: Int) -> Role { Role(rawValue: Role.ansi0.rawValue + UInt8(index & 15)) ?? .text }
    /// A stable colour for the n-th of many.
    public static func series(_ index: Int) -> Role {
        Role(rawValue: Role.series0.rawValue + UInt8(index & 7)) ?? .text
    }
}

/// What lies behind a text: the selected row, a search match, a bar.
public enum Ground: UInt8, Sendable, CaseIterable {
    case plain, selection, inactiveSelection, marked, match, currentMatch, bar, dangerBar, popup
}

/// How a cell is drawn: role, ground, weight, and colours of a shell's program. Five bytes.
public struct CellStyle: Hashable, Sendable {
    public struct Attributes: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let bold = Attributes(rawValue: 1)
        public static let underline = Attributes(rawValue: 2)
        public static let dim = Attributes(rawValue: 4)
        public static let reverse = Attributes(rawValue: 8)
        public static let italic = Attributes(rawValue: 16)
    }

    public var role: Role
    public var ground: Ground
    public var attributes: Attributes
    /// Only in what a shell's program drew.
    public var paint: Paint

    public init(
        _ role: Role = .text, on ground: Ground = .plain, _ attributes: Attributes = [], paint: Paint = .none
    ) {
        self.role = role
        self.ground = ground
        self.attributes = attributes
        self.paint = paint
    }

    public static let text = CellStyle()
    public func on(_ ground: Ground) -> CellStyle { CellStyle(role, on: ground, attributes, paint: paint) }
    public func with(_ more: Attributes) -> CellStyle {
        CellStyle(role, on: ground, attributes.union(more), paint: paint)
    }
}
