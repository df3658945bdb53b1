/// What a terminal reports.
public enum InputEvent: Hashable, Sendable {
    case key(Key)
    case mouse(MouseEvent)
    /// Text that came in brackets, as one piece; it is never read as keys.
    case paste(String)
    case resize(Size)
    /// The terminal is gone (hang-up).
    case closed
}

/// A click or a turn of the wheel at a cell of the screen.
public struct MouseEvent: Hashable, Sendable {
    public enum Action: Hashable, Sendable { case press, doublePress, wheelUp, wheelDown }
    public var action: Action
    public var place: Point
    public init(_ action: Action, at place: Point) {
        self.action = action
        self.place = place
    }
}
