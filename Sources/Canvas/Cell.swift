import Synchronization

/// One cell: a printable scalar with the marks that combine with it, and its style. Twelve bytes, compared by value.
public struct Cell: Hashable, Sendable {
    /// The scalar's value; 0 in the right half of a wide character.
    @inlinable public var base: UInt32 { value }
    @usableFromInline var value: UInt32
    @usableFromInline var marks: UInt16
    public var style: CellStyle
    /// 1 or 2; 0 for the right half.
    @inlinable public var width: UInt8 { columns }
    @usableFromInline var columns: UInt8

    public static let blank = Cell(Unicode.Scalar(32), width: 1, style: .text)

    init(_ scalar: Unicode.Scalar, width: Int, style: CellStyle) {
        value = scalar.value
        marks = 0
        self.style = style
        columns = UInt8(width)
    }

    /// A scalar of one column that is known to be printable.
    @inline(__always)
    init(narrow value: UInt32, style: CellStyle) {
        self.value = value
        marks = 0
        self.style = style
        columns = 1
    }

    /// What stands for a scalar on the screen; nil when it joins the cell before it instead of taking one. Whatever cannot
    /// be shown becomes its visible replacement here: a cell made otherwise does not exist.
    public init?(_ scalar: Unicode.Scalar, style: CellStyle) {
        switch scalar.screenForm {
        case .spacing(let width): self.init(scalar, width: width, style: style)
        case .replaced(let substitute): self.init(substitute, width: 1, style: style.with(.dim))
        case .combining: return nil
        }
    }

    /// A blank of a style: what an erased place shows.
    public static func blank(style: CellStyle) -> Cell { Cell(narrow: 0x20, style: style) }

    /// A copy that shows a character of ASCII; what is none shows "?".
    @inlinable
    public func showing(_ ascii: UInt8) -> Cell {
        var cell = self
        cell.value = ascii >= 0x20 && ascii < 0x7F ? UInt32(ascii) : 0x3F
        cell.marks = 0
        cell.columns = 1
        return cell
    }

    /// The other column of a wide character.
    public static func rightHalf(style: CellStyle) -> Cell {
        var cell = Cell(narrow: 0, style: style)
        cell.columns = 0
        return cell
    }

    public var isRightHalf: Bool { base == 0 }
    /// The character, when it is plain ASCII without marks.
    public var ascii: UInt8? { base != 0 && base < 0x7F && marks == 0 ? UInt8(base) : nil }
    /// A space with nothing on it.
    public var isBlank: Bool { base == 0x20 && marks == 0 }

    /// What the terminal gets for this cell: "" for the right half of a wide character.
    public var text: String {
        guard base != 0, let scalar = Unicode.Scalar(base) else { return "" }
        guard marks != 0 else { return String(Character(scalar)) }
        return String(Character(scalar)) + MarkTable.shared.marks(marks)
    }

    /// Adds a combining scalar; at most three stay, the rest are dropped as no terminal shows them. What only picks a variant
    /// (text or emoji, a skin) is dropped too: terminals disagree about the width of the result.
    public mutating func combine(_ scalar: Unicode.Scalar) {
        guard base != 0, scalar.properties.generalCategory != .modifierSymbol, !(0xFE00...0xFE0F ~= scalar.value) else {
            return
        }
        marks = MarkTable.shared.appending(scalar, to: marks)
    }
}

/// The sequences of combining marks seen so far, so that a cell holds two bytes instead of a string.
private final class MarkTable: Sendable {
    static let shared = MarkTable()
    private struct State {
        var sequences = [""]
        var index = ["": UInt16(0)]
    }
    private let state = Mutex(State())

    func marks(_ id: UInt16) -> String { state.withLock { $0.sequences[Int(id)] } }

    func appending(_ scalar: Unicode.Scalar, to id: UInt16) -> UInt16 {
        state.withLock { state in
            let former = state.sequences[Int(id)]
            guard former.unicodeScalars.count < 3 else { return id }
            var text = former
            text.unicodeScalars.append(scalar)
            if let known = state.index[text] { return known }
            guard state.sequences.count < Int(UInt16.max) else { return id }
            let fresh = UInt16(state.sequences.count)
            state.sequences.append(text)
            state.index[text] = fresh
            return fresh
        }
    }
}
