/// The word that a person most likely meant, for error messages and suggestions; nil when none is near.
///
/// Case is ignored. A swap of neighbours counts as one slip, as does a letter too many, too few or wrong; one slip is
/// allowed for every three letters, and at least one. Where several are equally near, the first one wins. A word that
/// was begun but not finished counts as near from its third letter on.
public func closestWord(to word: String, among words: some Collection<String>) -> String? {
    let typed = Array(word.lowercased())
    guard !typed.isEmpty else { return nil }
    var best: (word: String, slips: Int)?
    for candidate in words {
        let letters = Array(candidate.lowercased())
        let allowed = max(1, max(typed.count, letters.count) / 3)
        let slips = slips(from: typed, to: letters)
        guard slips <= allowed, slips < typed.count, slips < best?.slips ?? .max else { continue }
        best = (candidate, slips)
    }
    if let best { return best.word }
    guard typed.count >= 3 else { return nil }
    return words.first { $0.lowercased().hasPrefix(word.lowercased()) }
}

/// The optimal string alignment distance (Damerau and Levenshtein's, each place touched once), three rows at a time.
private func slips(from a: [Character], to b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
        var row = [i] + [Int](repeating: 0, count: b.count)
        for j in 1...b.count {
            let same = a[i - 1] == b[j - 1]
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
            if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { row[j] = min(row[j], beforeLast[j - 2] + 1) }
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
