/// The version of the program; CHANGELOG.md tells what came with it.
enum Version {
    static let number = "0.1.0"
    static let userAgent = "midwatch/\(number)"
}
