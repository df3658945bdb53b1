extension Array {
    /// The first index whose element answers yes, where all that do stand behind all that do not; the count when none does.
    func partitionPoint(where isBehind: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
