import Glibc

/// One run of a program without a terminal: a session of its own, nothing to read, its output collected within bounds.
///
/// Blocks the calling thread until the program ends or the time limit has passed; then the program and all that it started in its
/// group are killed. So they are when midwatch exits before.
struct PluginProcess {
    enum Ending: Equatable {
        case exited(code: Int32)
        case killed(signal: Int32)
        case timedOut
        case tooMuchOutput
    }

    var ending: Ending
    var output: [UInt8]
    /// The end of what it wrote to stderr.
    var complaint: [UInt8]

    /// The system would not start the program; its own words.
    struct StartFault: Error, Equatable {
        var words: String
    }

    static let outputLimit = 1 << 20
    static let complaintLimit = 4 << 10

    /// `arguments` begins with the program's name; `variables` are `NAME=value`. `hears` gets stderr piece by piece.
    static func run(
        _ path: String, arguments: [String], variables: [String], timeLimit: Double,
        among living: LivingPrograms = .ofProcess, hears: ([UInt8]) -> Void = { _ in }
    ) throws(StartFault) -> PluginProcess {
        let output = try ReadingPipe()
        let complaint = try ReadingPipe()
        let child = try spawn(path, arguments, variables, output.writeEnd, complaint.writeEnd)
        living.add(child)
        output.closeWriteEnd()
        complaint.closeWriteEnd()
        return collect(child, among: living, output, complaint, until: .now + .seconds(timeLimit), hears)
    }

    private static func collect(
        _ child: pid_t, among living: LivingPrograms, _ output: ReadingPipe, _ complaint: ReadingPipe,
        until end: ContinuousClock.Instant, _ hears: ([UInt8]) -> Void
    ) -> PluginProcess {
        var run = PluginProcess(ending: .timedOut, output: [], complaint: [])
        while true {
            // Looked at before the pipes are, so that what was written before the end is read.
            let ending = reap { living.poll(child, &$0) }
            run.output += output.readAvailable()
            let said = complaint.readAvailable()
            if !said.isEmpty { hears(said) }
            run.complaint = (run.complaint + said).suffix(complaintLimit)
            if let ending {
                run.ending = run.output.count > outputLimit ? .tooMuchOutput : ending
                return run
            }
            guard run.output.count <= outputLimit, ContinuousClock.now < end else { break }
            ReadingPipe.wait(for: [output, complaint], milliseconds: 20)
        }
        kill(-child, SIGKILL)
        kill(child, SIGKILL)
        living.remove(child)
        _ = reap { waitpid(child, &$0, 0) }
        if run.output.count > outputLimit { run.ending = .tooMuchOutput }
        return run
    }

    /// Nil while the child lives.
    private static func reap(_ wait: (inout Int32) -> pid_t) -> Ending? {
        var status: Int32 = 0
        var result: pid_t
        repeat { result = wait(&status) } while result < 0 && errno == EINTR
        guard result > 0 else { return result == 0 ? nil : .killed(signal: 0) }
        let signal = status & 0x7F
        return signal == 0 ? .exited(code: (status >> 8) & 0xFF) : .killed(signal: signal)
    }

    /// A session of its own has no terminal, so that `/dev/tty` cannot be opened, and makes the child a group leader. Signals get
    /// back their defaults: the console ignores some. No open file of the console is left to the child.
    private static func spawn(
        _ path: String, _ arguments: [String], _ variables: [String], _ output: Int32, _ complaint: Int32
    ) throws(StartFault) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, complaint, 2)
        for descriptor in inheritable() { posix_spawn_file_actions_addclose(&actions, descriptor) }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, newSession | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))

        let argv = CStrings(arguments)
        let envp = CStrings(variables)
        var child: pid_t = 0
        var code = posix_spawn(&child, path, &actions, &attributes, argv.pointers, envp.pointers)
        // A program that was just written is busy while another thread's child, which has not begun yet, holds it open.
        for _ in 0..<100 where code == ETXTBSY {
            usleep(5_000)
            code = posix_spawn(&child, path, &actions, &attributes, argv.pointers, envp.pointers)
        }
        guard code == 0 else { throw StartFault(words: String(cString: strerror(code)).lowercased()) }
        return child
    }

    /// glibc's POSIX_SPAWN_SETSID, which its headers show to GNU sources only.
    private static let newSession: Int16 = 0x80

    /// All that may be open, and some more for what another thread opens meanwhile: closing what is not open does no harm.
    private static func inheritable() -> Range<Int32> {
        var highest: Int32 = 255
        if let folder = opendir("/proc/self/fd") {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { UnsafeRawPointer($0) }
                highest = max(highest, Int32(atoi(name.assumingMemoryBound(to: CChar.self))))
            }
            closedir(folder)
        }
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue)), &limit)
        return 3..<max(3, min(highest + 64, Int32(clamping: limit.rlim_cur)))
    }
}

/// A null-terminated array of C strings, for as long as it lives.
private final class CStrings {
    var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) { pointers = strings.map { strdup($0) } + [nil] }
    deinit { for pointer in pointers { free(pointer) } }
}
