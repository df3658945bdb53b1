import Foundation

/// Runs a program on the terminal that midwatch has given back, and waits for its end, as a shell would.
public enum ForegroundProgram {
    /// The exit code; 128 and the signal where one ended it; 127 when it could not be started.
    ///
    /// Meanwhile ctrl-c and ctrl-\ are the program's alone, and ctrl-z stops midwatch together with it, so that the shell gets
    /// its terminal back and `fg` continues both.
    public static func run(_ words: [String]) -> Int32 {
        let interrupt = Disposition(SIGINT, SIG_IGN)
        let quit = Disposition(SIGQUIT, SIG_IGN)
        let stop = Disposition(SIGTSTP, SIG_DFL)
        defer {
            interrupt.restore()
            quit.restore()
            stop.restore()
        }
        guard let child = start(words) else { return 127 }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else { return 127 }
        }
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }

    /// Connections to servers are none of an editor's business.
    private static func keepDescriptors() {
        // Without /proc they stay as their makers left them, which is closed as well.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in names.compactMap({ Int32($0) }) where descriptor > 2 {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    private static func start(_ words: [String]) -> pid_t? {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What is ignored here must not stay ignored there.
        var defaults = sigset_t()
        sigemptyset(&defaults)
        for number in [SIGINT, SIGQUIT, SIGTSTP, SIGPIPE] { sigaddset(&defaults, number) }
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        var mask = sigset_t()
        sigemptyset(&mask)
        posix_spawnattr_setsigmask(&attributes, &mask)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        keepDescriptors()
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var child: pid_t = 0
        return posix_spawnp(&child, words[0], &actions, &attributes, &arguments, environ) == 0 ? child : nil
    }
}

/// What a signal does, kept to be put back.
private struct Disposition {
    private let number: Int32
    private var former = sigaction()

    init(_ number: Int32, _ handler: sighandler_t?) {
        self.number = number
        var wanted = sigaction()
        wanted.__sigaction_handler.sa_handler = handler
        sigemptyset(&wanted.sa_mask)
        sigaction(number, &wanted, &former)
    }

    func restore() {
        var former = former
        sigaction(number, &former, nil)
    }
}
