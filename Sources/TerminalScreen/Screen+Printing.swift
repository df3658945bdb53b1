import Canvas

/// Characters becoming cells.
extension Screen {
    /// A run of ASCII: the way that nearly all output takes.
    mutating func print(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        guard charsets.isPlain, !inserts, !brush.isConcealed else {
            for index in 0..<count { print(Unicode.Scalar(bytes[index])) }
            return
        }
        var rest = bytes
        var left = count
        while left > 0 {
            if cursor.isAtEdge { wrap() }
            let taken = min(left, columns - cursor.x)
            put(rest, taken)
            rest += taken
            left -= taken
            guard cursor.isAtEdge, !wraps else { continue }
            // Without wrapping, what does not fit is written over the last column: only the last of it stays.
            cursor.isAtEdge = false
            if left > 1 {
                rest += left - 1
                left = 1
            }
        }
        last = Unicode.Scalar(bytes[count - 1])
    }

    @inline(__always)
    private mutating func put(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
        let x = cursor.x
        grid.part(cursor.y, at: x)
        grid.part(cursor.y, at: x + count)
        let row = grid.row(cursor.y) + x
        let template = template
        for index in 0..<count { row[index] = template.showing(bytes[index]) }
        grid.touched(cursor.y, to: x + count)
        advance(count)
    }

    @inline(__always)
    private mutating func advance(_ count: Int) {
        let x = cursor.x + count
        cursor.isAtEdge = x == columns
        cursor.x = x == columns ? x - 1 : x
    }

    /// One character, of any width.
    @inline(never)
    mutating func print(_ scalar: Unicode.Scalar) {
        let scalar = charsets.isPlain || !scalar.isASCII ? scalar : charsets.form(of: scalar)
        guard var cell = Cell(scalar, style: template.style) else { return join(scalar) }
        // Only what was replaced can be one of those that take no column.
        if cell.base != scalar.value, scalar.takesNoColumn { return }
        if brush.isConcealed, cell.width == 1 { cell = template }
        let width = min(Int(cell.width), columns)
        if cursor.isAtEdge, wraps { wrap() }
        if cursor.x + width > columns { makeRoom(width) }
        if inserts { grid.insert(cursor.y, at: cursor.x, width, with: erased) }
        put(Int(cell.width) == width ? cell : template.showing(0x3F), width)
        last = scalar
    }

    /// A wide character does not fit in the last column: it begins a new line, or (without wrapping) ends the line.
    private mutating func makeRoom(_ width: Int) {
        if wraps {
            grid.state(cursor.y).pointee.isCutShort = true
            wrap()
        } else {
            cursor.x = columns - width
        }
    }

    private mutating func put(_ cell: Cell, _ width: Int) {
        let x = cursor.x
        grid.part(cursor.y, at: x)
        grid.part(cursor.y, at: x + width)
        let row = grid.row(cursor.y)
        row[x] = cell
        if width == 2 { row[x + 1] = .rightHalf(style: cell.style) }
        grid.touched(cursor.y, to: x + width)
        advance(width)
        if !wraps { cursor.isAtEdge = false }
    }

    /// A mark joins the character before the cursor.
    private mutating func join(_ scalar: Unicode.Scalar) {
        var x = cursor.isAtEdge ? cursor.x : cursor.x - 1
        let row = grid.row(cursor.y)
        if x > 0, row[x].isRightHalf { x -= 1 }
        guard x >= 0, x < Int(grid.state(cursor.y).pointee.length) else { return }
        row[x].combine(scalar)
    }

    private mutating func wrap() {
        grid.state(cursor.y).pointee.isWrapped = true
        cursor.x = 0
        cursor.isAtEdge = false
        lineFeed()
    }

    /// To the end of the line at most: a program that means more writes it.
    mutating func repeatLast(_ count: Int) {
        guard let last else { return }
        let width = max(1, Cell(last, style: .text).map { Int($0.width) } ?? 1)
        let room = cursor.isAtEdge ? 0 : (columns - cursor.x) / width
        let count = min(count, room)
        guard last.isASCII, charsets.isPlain, !inserts, count > 0 else {
            for _ in 0..<count { print(last) }
            return
        }
        withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) { buffer in
            let bytes = buffer.initializeMemory(as: UInt8.self, repeating: UInt8(last.value))
            if let start = bytes.baseAddress { print(start, count) }
        }
    }
}

extension Unicode.Scalar {
    /// Joiners, direction marks and their likes: programs count no column for them, and the screen shows none.
    fileprivate var takesNoColumn: Bool {
        value >= 0x300 && (properties.generalCategory == .format || properties.isDefaultIgnorableCodePoint)
    }
}
