import Model
import Pattern

/// Which lines of a log a person wants to see; without anything set, all of them.
public struct LogFilter: Hashable, Sendable {
    /// Each of these must be found in a line.
    public var include: [Pattern]
    /// None of these may be found in it.
    public var exclude: [Pattern]
    /// Lines below this are left out, and so are, above `.unknown`, those whose level is not known.
    public var minimumLevel: LogLevel
    /// Only lines of these; nil for every source.
    public var sources: Set<LogSource>?
    /// How many lines before and after a matching one are shown with it.
    public var context: Int

    public init(
        include: [Pattern] = [], exclude: [Pattern] = [], minimumLevel: LogLevel = .unknown,
        sources: Set<LogSource>? = nil, context: Int = 0
    ) {
        self.include = include
        self.exclude = exclude
        self.minimumLevel = minimumLevel
        self.sources = sources
        self.context = context
    }

    public var isEverything: Bool {
        include.isEmpty && exclude.isEmpty && minimumLevel == .unknown && sources == nil
    }

    /// Which numbers of sources the filter wants; nil for all.
    func wantedSources(among all: [LogSource]) -> Set<UInt16>? {
        guard let sources else { return nil }
        return Set(all.indices.lazy.filter { sources.contains(all[$0]) }.map { UInt16($0) })
    }

    func matches(_ slab: LogSlab, _ index: Int, wanted: Set<UInt16>?) -> Bool {
        let entry = slab.entries[index]
        guard entry.level >= minimumLevel, wanted?.contains(entry.source) ?? true else { return false }
        return slab.withText(at: index) { text in
            include.allSatisfy { $0.matches(text) } && !exclude.contains { $0.matches(text) }
        }
    }
}
