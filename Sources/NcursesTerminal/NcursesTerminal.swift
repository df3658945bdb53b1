import CNcurses
import Canvas
import Glibc

/// The person's terminal, driven by ncurses. One a process, used from the main thread only.
///
/// ncurses draws; reading is done here (see `InputDecoder`). No query is ever sent to the terminal: over a slow line the
/// replies come late and land among the keys.
public final class NcursesTerminal: Terminal {
    public private(set) var size: Size
    public let inputDescriptor: Int32 = STDIN_FILENO
    public var signalDescriptor: Int32 { SignalRelay.readEnd }
    public let isUnicode: Bool
    public let depth: ColourDepth
    public var palette: Palette = .plain {
        didSet {
            guard palette != oldValue else { return }
            styles = StyleTable(palette: palette, depth: depth)
            invalidate()
        }
    }
    /// The signal that asked midwatch to end, once `readInput` has reported `closed`.
    public private(set) var endingSignal: Int32?

    let features: TerminalFeatures
    let clipboard: Clipboard
    var styles: StyleTable
    var shown: [Cell] = []
    var shownSize = Size(width: 0, height: 0)
    var run: [cchar_t] = []
    var forms: [UInt32: UInt32] = [:]
    var isEntered = false
    private var decoder: InputDecoder
    private var lastByte = ContinuousClock.now
    private var clicks = DoubleClick()

    /// Opens the terminal that standard input and output are connected to.
    public init(settings: TerminalSettings = TerminalSettings(), environment: [String: String]) throws(TerminalError) {
        guard isatty(STDIN_FILENO) == 1 else { throw TerminalError.notATerminal(stream: "standard input") }
        guard isatty(STDOUT_FILENO) == 1 else { throw TerminalError.notATerminal(stream: "standard output") }
        isUnicode = Self.setLocale(settings.symbols)
        let type = environment["TERM"] ?? ""
        let facts = try Self.askTerminfo(type)
        features = TerminalFeatures(type: type, environment: environment, mouse: settings.mouse)
        decoder = InputDecoder(table: KeyTable(lookUp: Terminfo.bytes), isUTF8: isUnicode)
        Rescue.prepare(sequence: features.leaving + Terminfo.leaving)
        let wanted = ColourDepth.detect(settings.colours, facts, environment: environment)
        depth = try Self.open(type, wanted, facts, environment)
        styles = StyleTable(palette: .plain, depth: depth)
        clipboard = Clipboard(setting: settings.clipboard, environment: environment, takesOSC52: features.isXtermLike)
        size = Size(width: 80, height: 24)
        setModes()
        SignalRelay.install()
        enter()
    }

    deinit { leave() }

    private static func setLocale(_ symbols: TerminalSettings.Symbols) -> Bool {
        _ = mw_set_ctype("")
        let isUTF8 = String(cString: mw_codeset()).uppercased().replacing("-", with: "") == "UTF8"
        switch symbols {
        case .auto: return isUTF8
        case .ascii: return false
        case .unicode: return isUTF8 || mw_set_ctype("C.UTF-8") != nil
        }
    }

    private static func askTerminfo(_ type: String) throws(TerminalError) -> ColourFacts {
        guard !type.isEmpty else { throw TerminalError.noType }
        var problem: Int32 = 0
        guard setupterm(type, STDOUT_FILENO, &problem) == OK else {
            throw problem == 1 ? TerminalError.cannotPlaceCursor(type: type) : TerminalError.unknownType(type)
        }
        guard Terminfo.bytes("cup") != nil else { throw TerminalError.cannotPlaceCursor(type: type) }
        return ColourFacts(
            type: type, colours: Int(tigetnum("colors")),
            takesRGB: tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || Terminfo.bytes("RGB") != nil)
    }

    /// Opens ncurses' screen and returns the depth it really has: where exact colours cannot be described, 256 serve.
    private static func open(
        _ type: String, _ wanted: ColourDepth, _ facts: ColourFacts, _ environment: [String: String]
    ) throws(TerminalError) -> ColourDepth {
        var depth = wanted
        if wanted == .direct, !facts.takesRGB {
            let compiled = TerminfoFile.bytes(of: type, environment: environment)
            if let description = compiled.flatMap(DirectColour.description) {
                // Only while the terminal is opened: programs that midwatch starts get the person's own.
                setenv("TERMINFO", DirectColour.environmentValue(description), 1)
            } else {
                depth = facts.colours >= 256 ? .twoHundredFiftySix : .eight
            }
        }
        defer {
            if let own = environment["TERMINFO"] { setenv("TERMINFO", own, 1) } else { unsetenv("TERMINFO") }
        }
        guard mw_newterm(type) != nil else { throw TerminalError.refused(type: type) }
        guard depth != .none, start_color() == OK, use_default_colors() == OK else { return .none }
        return depth
    }

    private func setModes() {
        raw()
        noecho()
        nonl()
        _ = keypad(mw_stdscr(), true)
        typeahead(-1)  // a waiting key must not cut a frame in two
        leaveok(mw_stdscr(), false)
        scrollok(mw_stdscr(), false)
    }

    /// Asks the kernel, which knows; terminfo's and the environment's sizes are only for when it does not.
    func measure() {
        var window = winsize()
        if mw_window_size(STDOUT_FILENO, &window) == 0, window.ws_col > 0, window.ws_row > 0 {
            size = Size(width: Int(window.ws_col), height: Int(window.ws_row))
        } else {
            size = Size(width: max(1, Int(tigetnum("cols"))), height: max(1, Int(tigetnum("lines"))))
        }
        resize_term(Int32(size.height), Int32(size.width))
    }

    public func readInput() -> [InputEvent] {
        var events = readSignals()
        events += readBytes()
        return events.map { clicks.joined($0) }
    }

    private func readSignals() -> [InputEvent] {
        var events: [InputEvent] = []
        for number in SignalRelay.drain() {
            switch number {
            case SIGWINCH, SIGCONT:
                if number == SIGCONT { enter() }
                measure()
                invalidate()
                events.append(.resize(size))
            case SIGTSTP:
                suspend()
                events.append(.resize(size))
            default:
                endingSignal = number
                events.append(.closed)
            }
        }
        return events
    }

    /// One read a turn, so that keys that come faster than they are handled do not keep the screen from being drawn.
    private func readBytes() -> [InputEvent] {
        var events = silentPaste()
        var buffer = [UInt8](repeating: 0, count: 1024)
        repeat {
            // An escape may be a key or the beginning of one: 25 ms are long enough to know, and too short to feel.
            guard waits(milliseconds: decoder.isWaiting ? 25 : 0) else { return events + decoder.flush() }
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count > 0 {
                events += decoder.feed(buffer[..<count])
                lastByte = .now
            } else if count == 0 || errno != EINTR {
                return events + decoder.flush() + decoder.giveUpPaste() + [.closed]
            }
        } while decoder.isWaiting
        return events
    }

    /// A paste whose end was lost on the way would swallow every key; after this long a silence it is taken as it is.
    private static let pasteSilence = Duration.seconds(5)

    private func silentPaste() -> [InputEvent] {
        guard decoder.isPasting, ContinuousClock.now - lastByte > Self.pasteSilence else { return [] }
        return decoder.giveUpPaste()
    }

    private func waits(milliseconds: Int32) -> Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, milliseconds) > 0
    }

    public func copy(_ text: String) -> String? { clipboard.copy(text) }
}
