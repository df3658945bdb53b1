import Canvas

/// What terminfo says about a terminal's colours.
struct ColourFacts: Hashable {
    var type: String
    /// The capability `colors`; -1 without.
    var colours: Int
    /// The extended capability `RGB` of direct-colour descriptions.
    var takesRGB: Bool
}

extension ColourDepth {
    /// The depth to draw with. `NO_COLOR` outranks all but an explicit setting; then comes what terminfo says; COLORTERM
    /// raises it to exact colours, except inside GNU screen, which passes the variable on but not the colours.
    static func detect(
        _ setting: TerminalSettings.Colours, _ facts: ColourFacts, environment: [String: String]
    ) -> ColourDepth {
        switch setting {
        case .none: return .none
        case .eight: return facts.colours < 8 ? .none : .eight
        case .sixteen: return facts.colours < 8 ? .none : .sixteen
        case .twoHundredFiftySix: return facts.colours < 8 ? .none : .twoHundredFiftySix
        case .direct: return facts.colours < 8 ? .none : .direct
        case .auto: break
        }
        if let wish = environment["NO_COLOR"], !wish.isEmpty { return .none }
        if facts.takesRGB { return .direct }
        guard facts.colours >= 8 else { return .none }
        let isScreen = facts.type.hasPrefix("screen") && environment["TMUX"] == nil
        if ["truecolor", "24bit"].contains(environment["COLORTERM"]), !isScreen { return .direct }
        return facts.colours >= 256 ? .twoHundredFiftySix : facts.colours >= 16 ? .sixteen : .eight
    }
}
