import CNcurses
import Canvas
import Glibc

/// Taking the screen and giving it back.
extension NcursesTerminal {
    public func enter() {
        guard !isEntered else { return refreshModes() }
        isEntered = true
        Rescue.isArmed = true
        StandardErrorKeeper.begin()
        measure()
        invalidate()
        refreshModes()
    }

    /// Another program, or the shell after a stop from outside, may have changed the terminal's modes.
    private func refreshModes() {
        reset_prog_mode()
        clearok(mw_curscr(), true)
        doupdate()
        write(features.entering)
        invalidate()
    }

    public func leave() {
        guard isEntered else { return }
        isEntered = false
        write(features.leaving)
        curs_set(1)
        endwin()
        Rescue.isArmed = false
        StandardErrorKeeper.end()
    }

    /// The whole process group stops, as it does when the terminal itself makes the signal; where no shell would ever
    /// continue it (an orphaned group), the kernel ignores the signal and the console is simply drawn again.
    public func suspend() {
        leave()
        signal(SIGTSTP, SIG_DFL)
        kill(0, SIGTSTP)
        SignalRelay.handle(SIGTSTP)
        enter()
    }

    public func invalidate() {
        shown = []
        if isEntered { clearok(mw_curscr(), true) }
    }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR && errno != EAGAIN { return }  // the terminal is gone; reading will say so
            rest = rest.dropFirst(max(0, count))
        }
    }
}
