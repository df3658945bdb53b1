import ArgumentParser

/// "2000/s" or "2000".
struct Rate: ExpressibleByArgument {
    let perSecond: Double

    init(perSecond: Double) { self.perSecond = perSecond }

    init?(argument: String) {
        let number = argument.hasSuffix("/s") ? String(argument.dropLast(2)) : argument
        guard let rate = Double(number), rate >= 0, rate.isFinite else { return nil }
        perSecond = rate
    }

    var defaultValueDescription: String { "\(perSecond)/s" }
}
