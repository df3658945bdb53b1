import ArgumentParser
import Canvas

/// "120x40".
struct ScreenSize: ExpressibleByArgument {
    let size: Size

    init(size: Size) { self.size = size }

    init?(argument: String) {
        let parts = argument.lowercased().split(separator: "x").compactMap { Int($0) }
        guard parts.count == 2, (1...1000).contains(parts[0]), (1...1000).contains(parts[1]) else { return nil }
        size = Size(width: parts[0], height: parts[1])
    }

    var defaultValueDescription: String { "\(size.width)x\(size.height)" }
}
