import Canvas

/// Some rows of a screen as they were at one moment, for drawing: no more than a window shows is copied.
public struct ScreenPicture: Sendable {
    public let columns: Int
    /// Where the program's cursor is, counted from the picture's first row; nil when it is hidden or not in the picture.
    public internal(set) var cursor: Point?
    private let isReversed: Bool
    private var cells: [Cell] = []
    private var ends: [Int] = []

    init(columns: Int, isReversed: Bool) {
        self.columns = columns
        self.isReversed = isReversed
    }

    mutating func append(_ row: UnsafeBufferPointer<Cell>) {
        cells.append(contentsOf: row)
        ends.append(cells.count)
    }

    public var height: Int { ends.count }

    /// Draws from the region's top left corner on; asks for the cursor when `showsCursor`.
    public func draw(into region: Region, showsCursor: Bool = true) {
        cells.withUnsafeBufferPointer { all in
            var start = 0
            for (y, end) in ends.enumerated() {
                if isReversed {
                    region.fill(
                        Rect(x: 0, y: y, width: columns, height: 1), style: CellStyle(.text, on: .plain, .reverse))
                }
                region.put(
                    UnsafeBufferPointer(rebasing: all[start..<end]), y: y, toggling: isReversed ? .reverse : [])
                start = end
            }
        }
        if showsCursor, let cursor { region.setCursor(x: cursor.x, y: cursor.y) }
    }
}
