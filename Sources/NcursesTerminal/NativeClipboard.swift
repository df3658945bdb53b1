import Glibc

/// Runs a clipboard program with the text on its standard input.
///
/// Not with Foundation's `Process`: such programs leave a child behind that serves the clipboard, and on Linux `Process`
/// takes that child for the program itself and waits for it.
enum NativeClipboard {
    /// False when the program is missing, fails, or has not taken the text within a second.
    static func run(_ program: [String], input: String) -> Bool {
        guard let file = Self.file(holding: input) else { return false }
        defer { close(file) }
        guard let child = spawn(program, input: file) else { return false }
        return endsWell(child)
    }

    /// A file without a name, at its beginning; it needs no reader while it is written, as a pipe would.
    private static func file(holding text: String) -> Int32? {
        guard let file = NamelessFile.make() else { return nil }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(file)
                return nil
            }
            rest = rest.dropFirst(count)
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private static func spawn(_ program: [String], input: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        var arguments = program.map { strdup($0) } + [nil]
        defer { arguments.forEach { free($0) } }
        var child: pid_t = 0
        guard posix_spawnp(&child, program[0], &actions, nil, &arguments, environ) == 0 else { return nil }
        return child
    }

    private static func endsWell(_ child: pid_t) -> Bool {
        var status: Int32 = 0
        for _ in 0..<100 {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child { return status == 0 }
            if ended < 0 { return false }
            usleep(10_000)
        }
        kill(child, SIGTERM)
        waitpid(child, &status, 0)
        return false
    }
}
