import ArgumentParser

/// "2000/s" or "2000".
struct Rate: ExpressibleByArgument {
    let perSecond: Double

    /// More than any machine makes; a finite end keeps the reckoning in whole numbers.
    private static let highest = 10_000_000.0

    init(perSecond: Double) { self.perSecond = perSecond }

    init?(argument: String) {
        let number = argument.hasSuffix("/s") ? String(argument.dropLast(2)) : argument
        guard let rate = Double(number), (0...Self.highest).contains(rate) else { return nil }
        perSecond = rate
    }

    var defaultValueDescription: String { "\(perSecond)/s" }
}
