import Foundation

/// One tmux server with one window, in which a test runs a program as a person would; ended with `end`.
///
/// Waiting is polling with a deadline: a test is as fast as the program and never waits for a fixed time.
final class Tmux {
    private let socket = "midwatch-test-\(UInt32.random(in: 0...UInt32.max))"
    private let folder: URL

    static let path: String? = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Starts a shell that says "ready> " in a window of the size.
    init(width: Int = 80, height: Int = 24) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(socket)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let shell =
            "env -u COLORTERM -u NO_COLOR -u DISPLAY -u WAYLAND_DISPLAY PS1='ready> ' LANG=C.UTF-8 LC_ALL=C.UTF-8 sh"
        try run("new-session", "-d", "-c", folder.path, "-x", "\(width)", "-y", "\(height)", shell)
        try run("set-option", "-g", "window-size", "manual")
        try waitFor("ready>")
    }

    func end() {
        _ = try? run("kill-server")  // a test that failed may have lost it already
        try? FileManager.default.removeItem(at: folder)
    }

    /// Types text, then enter.
    func enter(_ line: String) throws {
        try run("send-keys", "-l", line)
        try run("send-keys", "Enter")
    }

    /// Presses keys by tmux's names: "C-c", "Escape", "j".
    func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

    /// Sends bytes as the terminal would.
    func type(_ text: String) throws { try run("send-keys", "-l", text) }

    /// Pastes as a terminal does: in brackets where the program asked for them.
    func paste(_ text: String) throws {
        try run("set-buffer", text)
        try run("paste-buffer", "-p", "-r")
    }

    func resize(_ width: Int, _ height: Int) throws { try run("resize-window", "-x", "\(width)", "-y", "\(height)") }

    /// The screen as text; with its SGR sequences when `styled`, and with what has scrolled off before it.
    func screen(styled: Bool = false, withHistory: Bool = false) throws -> String {
        try run(["capture-pane", "-p"] + (styled ? ["-e"] : []) + (withHistory ? ["-S", "-"] : []))
    }

    /// Runs a line of shell in the window's place, on a screen that is blank again.
    func run(instead line: String) throws { try run("respawn-pane", "-k", line) }

    /// A file in the folder that goes with the server; returns its path.
    func file(named name: String, holding text: String) -> String {
        let file = folder.appendingPathComponent(name)
        // A file that is missing shows in what the test waits for.
        try? text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// What tmux knows of the window: "#{alternate_on}", "#{cursor_flag}", "#{pane_current_command}".
    func ask(_ format: String) throws -> String {
        try run("display-message", "-p", format).trimmingCharacters(in: .newlines)
    }

    /// Waits until the screen holds the text; returns the screen.
    @discardableResult
    func waitFor(_ text: String, seconds: Double = 15) throws -> String {
        try wait(seconds, what: "\"\(text)\"") { $0.contains(text) }
    }

    @discardableResult
    func wait(_ seconds: Double = 15, what: String, until holds: (String) throws -> Bool) throws -> String {
        let deadline = Date(timeIntervalSinceNow: seconds)
        var last = ""
        while Date() < deadline {
            last = try screen()
            if try holds(last) { return last }
            usleep(20_000)
        }
        throw Failure(text: "did not see \(what) within \(seconds) s; the screen was:\n\(last)")
    }

    struct Failure: Error, CustomStringConvertible {
        var text: String
        var description: String { text }
    }

    @discardableResult
    private func run(_ arguments: String...) throws -> String { try run(arguments) }

    /// Spawned by hand: Foundation's `Process` on Linux waits for the server that tmux leaves behind.
    @discardableResult
    private func run(_ arguments: [String]) throws -> String {
        let said = folder.appendingPathComponent("said")
        let line = ["exec", Self.path ?? "tmux", "-L", socket, "-f", "/dev/null"] + arguments.map(Self.quoted)
        let script = "{ \(line.joined(separator: " ")); } >\(Self.quoted(said.path)) 2>&1 </dev/null"
        let texts =
            ["env", "-u", "TMUX", "TMUX_TMPDIR=\(folder.path)", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "sh", "-c", script]
        var words: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var child: pid_t = 0
        // Tests run on threads that block every signal, and tmux's server would inherit that and never end.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        guard posix_spawnp(&child, "env", nil, &attributes, &words, environ) == 0 else {
            throw Failure(text: "cannot run env")
        }
        var status: Int32 = 0
        waitpid(child, &status, 0)
        let output = try String(contentsOf: said, encoding: .utf8)
        guard status == 0 else { throw Failure(text: "tmux \(arguments.joined(separator: " ")): \(output)") }
        return output
    }

    private static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
}
