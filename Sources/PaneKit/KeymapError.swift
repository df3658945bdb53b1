/// What is wrong with the keys of the configuration; midwatch does not start with a key map that means two things.
public struct KeymapError: Error, Hashable, CustomStringConvertible {
    public var problems: [String]
    public var description: String { problems.joined(separator: "\n") }
}
