import CNcurses

/// What the description of the current terminal says, read after `setupterm`.
enum Terminfo {
    /// A string capability; nil when the terminal lacks it.
    static func bytes(_ name: String) -> [UInt8]? {
        guard let text = mw_tigetstr(name) else { return nil }
        return [UInt8](String(cString: text).utf8)
    }

    /// What gives the screen back to the shell, without padding: for the moments when ncurses cannot be asked any more.
    static var leaving: [UInt8] {
        ["sgr0", "op", "rmkx", "cnorm", "rmcup"].compactMap(bytes).flatMap(withoutPadding)
    }

    /// Padding is written as `$<5>`.
    static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.first {
            if rest.starts(with: [0x24, 0x3C]), let end = rest.firstIndex(of: 0x3E) {
                rest = rest[(end + 1)...]
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return result
    }
}
