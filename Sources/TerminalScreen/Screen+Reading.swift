import Canvas

/// The picture, for whoever shows or copies it.
extension Screen {
    /// The number of the screen's first row.
    private var first: Int { scrollback.forgotten + scrollback.count }
    /// The screen's rows.
    var ownNumbers: Range<Int> { first..<first + rows }
    /// All rows that can be looked at now.
    var numbers: Range<Int> { (modes.isAlternate ? first : scrollback.forgotten)..<first + rows }

    private func cells(_ number: Int) -> UnsafeBufferPointer<Cell> {
        guard number < first else { return grid.used(number - first) }
        return scrollback.cells(of: scrollback.line(number - scrollback.forgotten))
    }

    func text(of number: Int) -> String {
        var text = cells(number).map(\.text).joined()
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }

    func picture(rows height: Int, from top: Int?) -> ScreenPicture {
        let start = top.map { max(numbers.lowerBound, $0) } ?? first + max(0, cursor.y - height + 1)
        let shown = (start..<max(start, start + height)).clamped(to: numbers)
        var picture = ScreenPicture(columns: columns, isReversed: isReversed)
        for number in shown { picture.append(cells(number)) }
        let place = Point(x: cursor.x, y: first + cursor.y - start)
        if showsCursor, shown.contains(first + cursor.y) { picture.cursor = place }
        return picture
    }
}
