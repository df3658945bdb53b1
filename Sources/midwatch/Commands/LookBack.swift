import ArgumentParser

/// How far back to look: "90s", "15m", "2h", "3d"; ten years at most, so that every time reckoned with it exists.
struct LookBack: ExpressibleByArgument {
    let seconds: Double

    private static let longest = 3650.0 * 86400

    init?(argument: String) {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = argument.last.flatMap({ units[$0] }), let number = Double(argument.dropLast()),
            (0...Self.longest).contains(number * unit)
        else { return nil }
        seconds = number * unit
    }
}
