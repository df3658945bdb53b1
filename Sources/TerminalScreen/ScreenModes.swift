/// What the program asked its terminal for, as far as it matters to whoever sends it keys.
public struct ScreenModes: Sendable, Hashable {
    public enum Mouse: Sendable, Hashable {
        case off
        /// Presses only (mode 9), presses and releases (1000), with movement while pressed (1002), all movement (1003).
        case presses, clicks, drags, movement
    }

    /// Arrow keys are sent as ESC O and a letter.
    public var applicationCursor = false
    public var applicationKeypad = false
    /// A paste is to be framed, so that the program knows it from typing.
    public var bracketedPaste = false
    public var mouse = Mouse.off
    /// Mouse reports without a limit of columns (mode 1006).
    public var mouseIsSGR = false
    public var reportsFocus = false
    /// The second screen, on which full-screen programs draw; it has no scrollback.
    public var isAlternate = false
    /// A new line is sent as CR and LF.
    public var newLine = false

    public init() {}
}
