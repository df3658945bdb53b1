import Model

extension LogStore {
    /// How many lines of the same moment are looked at before a line is taken for a new one.
    private static let widestMoment = 4096
    private static let millisecond: Int64 = 1_000_000

    /// Whether the line is there already: read again after a broken connection, or kept by both origins.
    ///
    /// A live line read again has the very same time. Between the origins only the millisecond must agree, which is what
    /// Elasticsearch keeps of a time, and each line stands for one of the other origin: two equal lines of one
    /// millisecond stay two.
    mutating func isDouble(_ line: LogLine, source: UInt16) -> Bool {
        let time = line.time.nanoseconds
        guard suppressesDoubles, line.time != .zero else { return false }
        let newest = sources.newest(of: source)
        if line.origin == .live, time <= newest.live {
            if find(line, source: source, in: time...time, where: { !$0.contains(.history) }) != nil { return true }
        }
        let moment = time - time % Self.millisecond
        let other = line.origin == .live ? newest.history : newest.live
        guard moment <= other else { return false }
        let range = moment...(moment + min(Self.millisecond - 1, .max - max(0, moment)))
        let wanted: LogEntry.Flags = line.origin == .live ? .history : []
        let isOther = { (flags: LogEntry.Flags) in flags.intersection(.history) == wanted }
        if let found = find(line, source: source, in: range, where: { isOther($0) && !$0.contains(.paired) }) {
            markPaired(slab: found.slab, index: found.index)
            return true
        }
        // A live line that is read again was left out the first time for the sake of the one from history.
        return line.origin == .live
            && find(line, source: source, in: range, where: { $0.isSuperset(of: [.history, .paired]) }) != nil
    }

    private func find(
        _ line: LogLine, source: UInt16, in range: ClosedRange<Int64>, where fits: (LogEntry.Flags) -> Bool
    ) -> (slab: Int, index: Int)? {
        var looked = 0
        var slab = slabs.partitionPoint { $0.entries[0].time > range.upperBound } - 1
        while slab >= 0 {
            var index = slabs[slab].upperBound(range.upperBound) - 1
            while index >= 0 {
                let entry = slabs[slab].entries[index]
                guard entry.time >= range.lowerBound, looked < Self.widestMoment else { return nil }
                looked += 1
                if entry.source == source, fits(entry.flags), slabs[slab].holds(line.text, at: index) {
                    return (slab, index)
                }
                index -= 1
            }
            slab -= 1
        }
        return nil
    }
}

extension LogSlab {
    /// Whether the line's text is `text`, space at the end aside, which some collectors take away.
    fileprivate func holds(_ text: [UInt8], at index: Int) -> Bool {
        let mine = self.text(at: index)
        return mine.withoutTrailingSpace.elementsEqual(text[...].prefix(LogStore.longestText).withoutTrailingSpace)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var withoutTrailingSpace: ArraySlice<UInt8> {
        let end = lastIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D } ?? startIndex - 1
        return self[startIndex..<(end + 1)]
    }
}
