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

    /// The lines of a part of a slab that pass, by their index, in order.
    func matches(in slab: LogSlab, _ range: Range<Int>, wanted: Set<UInt16>?) -> [UInt32] {
        var lines =
            range.lazy.map { UInt32($0) }.filter { line in
                let entry = slab.entries[Int(line)]
                return entry.level >= minimumLevel && wanted?.contains(entry.source) ?? true
            } as [UInt32]
        for pattern in include where !lines.isEmpty {
            if pattern.syntax == .text, lines.count > Self.fewLines {
                let found = slab.lines(holding: pattern, from: Int(lines[0]), through: Int(lines[lines.count - 1]))
                lines = lines.common(with: found)
            } else {
                slab.keep(&lines) { pattern.matches($0) }
            }
        }
        for pattern in exclude where !lines.isEmpty { slab.keep(&lines) { !pattern.matches($0) } }
        return lines
    }

    /// From here on one search through all bytes is cheaper than one for each line.
    private static let fewLines = 32
}

extension LogSlab {
    fileprivate func keep(_ lines: inout [UInt32], where isWanted: (UnsafeBufferPointer<UInt8>) -> Bool) {
        bytes.withUnsafeBufferPointer { bytes in
            lines.removeAll { line in
                let entry = entries[Int(line)]
                return !isWanted(UnsafeBufferPointer(rebasing: bytes[entry.bytes]))
            }
        }
    }

    /// The lines that hold a plain text, found in one go through the bytes of all of them.
    fileprivate func lines(holding pattern: Pattern, from first: Int, through last: Int) -> [UInt32] {
        var order = Array(first...last)
        if !isInOrderOfBytes { order.sort { entries[$0].offset < entries[$1].offset } }
        var found: [UInt32] = []
        bytes.withUnsafeBufferPointer { bytes in
            var next = 0
            var from = entries[order[0]].bytes.lowerBound
            while let range = pattern.firstRange(in: bytes, from: from) {
                while next < order.count, entries[order[next]].bytes.upperBound <= range.lowerBound { next += 1 }
                guard next < order.count else { break }
                let line = entries[order[next]].bytes
                if line.lowerBound <= range.lowerBound, range.upperBound <= line.upperBound {
                    found.append(UInt32(order[next]))
                    from = line.upperBound
                } else {
                    // It runs over the end of a line, or lies in one that is not looked at.
                    from = max(range.lowerBound + 1, line.lowerBound)
                }
            }
        }
        if !isInOrderOfBytes { found.sort() }
        return found
    }
}

extension [UInt32] {
    /// What two rising rows of numbers share.
    fileprivate func common(with other: [UInt32]) -> [UInt32] {
        guard other.count < count else { return self }
        var mine = 0
        return other.filter { number in
            while mine < count, self[mine] < number { mine += 1 }
            return mine < count && self[mine] == number
        }
    }
}
