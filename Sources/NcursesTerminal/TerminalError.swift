/// Why the screen cannot be opened, in words for the person who started the program.
public enum TerminalError: Error, Hashable, CustomStringConvertible {
    case notATerminal(stream: String)
    case noType
    case unknownType(String)
    case cannotPlaceCursor(type: String)
    case refused(type: String)

    public var description: String {
        switch self {
        case .notATerminal(let stream):
            "cannot open the console: \(stream) is not a terminal; for scripts there are --once and the subcommands"
        case .noType:
            "cannot open the console: TERM is not set; try TERM=xterm-256color"
        case .unknownType(let type):
            "cannot open the console: this machine has no description of the terminal type \"\(type)\" (TERM); "
                + "try TERM=xterm-256color, or install it (Debian: ncurses-term)"
        case .cannotPlaceCursor(let type):
            "cannot open the console: a terminal of type \"\(type)\" (TERM) cannot place its cursor; "
                + "if yours can, try TERM=xterm-256color; for scripts there are --once and the subcommands"
        case .refused(let type):
            "cannot open the console: ncurses cannot drive a terminal of type \"\(type)\" (TERM)"
        }
    }
}
