/// What every role and every ground looks like: what a theme file becomes, and all that a terminal needs to know of it.
public struct Palette: Hashable, Sendable {
    private var roles: [TextStyle]
    private var grounds: [TextStyle]

    /// Roles and grounds that are not named look like plain text; the sixteen colours of log lines are the terminal's own.
    public init(roles: [Role: TextStyle] = [:], grounds: [Ground: TextStyle] = [:]) {
        self.roles = Role.allCases.map { role in
            roles[role] ?? Self.ansiNumber(of: role).map { TextStyle(.named($0)) } ?? roles[.text] ?? TextStyle()
        }
        self.grounds = Ground.allCases.map { grounds[$0] ?? TextStyle() }
    }

    /// No colours: everything is told by bold, dim, underline and reverse. For terminals without any.
    public static let plain = Palette(
        roles: [
            .muted: TextStyle(nil, [.dim]), .accent: TextStyle(nil, [.bold]), .title: TextStyle(nil, [.bold]),
            .header: TextStyle(nil, [.bold]), .key: TextStyle(nil, [.bold]), .warning: TextStyle(nil, [.bold]),
            .critical: TextStyle(nil, [.bold, .underline]), .danger: TextStyle(nil, [.bold, .reverse]),
            .link: TextStyle(nil, [.underline]), .border: TextStyle(nil, [.dim]), .comment: TextStyle(nil, [.dim]),
        ],
        grounds: [
            .selection: TextStyle(nil, [.reverse]), .inactiveSelection: TextStyle(nil, [.underline]),
            .marked: TextStyle(nil, [.bold]), .match: TextStyle(nil, [.underline]),
            .currentMatch: TextStyle(nil, [.reverse, .bold]), .bar: TextStyle(nil, [.reverse]),
            .dangerBar: TextStyle(nil, [.reverse, .bold]),
        ])

    public subscript(role: Role) -> TextStyle { roles[Int(role.rawValue)] }
    public subscript(ground: Ground) -> TextStyle { grounds[Int(ground.rawValue)] }

    /// Whether any role but a log line's own colours is told by colour.
    public var hasColours: Bool {
        let own = Role.allCases.filter { Self.ansiNumber(of: $0) == nil }.map { self[$0] }
        return (own + grounds).contains { $0.foreground != nil && $0.foreground != .standard }
    }

    /// A cell's look. A ground that names a text colour overrides the role's (so that a selection stays legible); its
    /// background lies beneath the text unless the ground is plain and the role brings its own.
    public func style(of cell: CellStyle) -> TextStyle {
        let (role, ground, plain) = (role(of: cell), self[cell.ground], self[.plain])
        let own = cell.ground == .plain ? role.background : nil
        return TextStyle(
            ground.foreground.flatMap { cell.ground == .plain ? nil : $0 } ?? role.foreground ?? plain.foreground
                ?? .standard,
            on: own ?? ground.background ?? role.background ?? plain.background ?? .standard,
            role.attributes.union(ground.attributes).union(cell.attributes))
    }

    /// The role's look, with the program's own colours over it; the sixteen look as the theme has them.
    private func role(of cell: CellStyle) -> TextStyle {
        var look = self[cell.role]
        guard cell.paint != .none else { return look }
        look.foreground = colour(cell.paint.foreground) ?? look.foreground
        look.background = colour(cell.paint.background) ?? look.background
        return look
    }

    private func colour(_ painted: Colour) -> Colour? {
        switch painted {
        case .standard: nil
        case .named(let name): self[.ansi(Int(name))].foreground ?? painted
        case .rgb: painted
        }
    }

    private static func ansiNumber(of role: Role) -> UInt8? {
        let number = Int(role.rawValue) - Int(Role.ansi0.rawValue)
        return (0..<16).contains(number) ? UInt8(number) : nil
    }
}

extension TextStyle {
    fileprivate init(_ foreground: Colour?, _ attributes: CellStyle.Attributes) {
        self.init(foreground, on: nil, attributes)
    }
}
