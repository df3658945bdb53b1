/// One row of a frame's cells while something writes into it; keeps wide characters whole.
struct CellRow {
    private let cells: UnsafeMutablePointer<Cell>
    let width: Int

    init(_ cells: UnsafeMutablePointer<Cell>, width: Int) {
        self.cells = cells
        self.width = width
    }

    subscript(x: Int) -> Cell { cells[x] }

    /// Puts a cell of one column.
    @inline(__always)
    func put(_ cell: Cell, at x: Int) {
        if cells[x].width != 1 { release(x) }
        cells[x] = cell
    }

    /// Puts a cell without a look at its neighbours: for whole rows, whose wide characters are whole already.
    @inline(__always)
    func set(_ cell: Cell, at x: Int) { cells[x] = cell }

    /// Puts a character of two columns; its right half must lie inside the row.
    func putWide(_ cell: Cell, at x: Int) {
        if cells[x].width != 1 { release(x) }
        if cells[x + 1].width != 1 { release(x + 1) }
        cells[x] = cell
        cells[x + 1] = Cell.rightHalf(style: cell.style)
    }

    /// Changes what stands at a place without changing its width.
    func update(_ x: Int, _ change: (inout Cell) -> Void) { change(&cells[x]) }

    /// Half of a wide character never stays alone: the other half becomes a blank.
    private func release(_ x: Int) {
        if cells[x].isRightHalf, x > 0, cells[x - 1].width == 2 { blank(x - 1) }
        if cells[x].width == 2, x + 1 < width, cells[x + 1].isRightHalf { blank(x + 1) }
    }

    private func blank(_ x: Int) { cells[x] = Cell(" ", width: 1, style: cells[x].style) }
}
