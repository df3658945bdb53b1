/// Where frames are shown and keys come from: ncurses in the program, memory in the tests.
///
/// Used from the main thread only.
public protocol Terminal: AnyObject {
    var size: Size { get }
    /// A descriptor that becomes readable when input waits; -1 when there is none to poll.
    var inputDescriptor: Int32 { get }
    /// A descriptor that becomes readable when a signal has come that `readInput` reports; -1 when there is none.
    var signalDescriptor: Int32 { get }
    /// Whether box-drawing and symbols beyond ASCII can be shown.
    var isUnicode: Bool { get }
    /// What roles and grounds look like; setting another draws everything anew.
    var palette: Palette { get set }
    /// Shows a frame; only what differs from the one before is sent.
    func present(_ frame: Frame)
    /// All input that waits now, without waiting for more.
    func readInput() -> [InputEvent]
    /// Gives the screen back to the shell (before stopping, or for another program) and takes it again.
    func leave()
    func enter()
    /// Stops the process as the shell's ctrl-z does, with the screen given back meanwhile.
    func suspend()
    /// Copies safe text to the person's clipboard; returns how ("OSC 52", "wl-copy"), or nil when nothing works.
    func copy(_ text: String) -> String?
    /// Everything is drawn anew with the next frame (ctrl-l, or when something else wrote to the screen).
    func invalidate()
}

/// A terminal that is an array: keeps the last frame, takes scripted input.
public final class MemoryTerminal: Terminal {
    public var size: Size
    public let inputDescriptor: Int32 = -1
    public let signalDescriptor: Int32 = -1
    public var isUnicode = true
    public var palette = Palette.plain
    public private(set) var rows: [String] = []
    public private(set) var frame: Frame?
    public private(set) var presented = 0
    public private(set) var copied: [String] = []
    public private(set) var isLeft = false
    public private(set) var suspended = 0
    public var waiting: [InputEvent] = []

    public init(width: Int, height: Int) { size = Size(width: width, height: height) }

    public func present(_ frame: Frame) {
        self.frame = frame
        rows = frame.textRows
        presented += 1
    }

    public func readInput() -> [InputEvent] {
        defer { waiting = [] }
        return waiting
    }

    public func leave() { isLeft = true }
    public func enter() { isLeft = false }
    public func suspend() { suspended += 1 }
    public func copy(_ text: String) -> String? {
        copied.append(text)
        return "memory"
    }
    public func invalidate() {}
}
