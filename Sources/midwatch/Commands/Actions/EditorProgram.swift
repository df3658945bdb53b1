import Core
import Foundation
import Model

/// The person's editor, run on this terminal.
struct EditorProgram {
    /// Its exit code. Throws when it cannot be started.
    func run(_ request: EditorRequest) throws -> Int32 {
        if !request.problem.isEmpty { complain("midwatch: \(request.problem)") }
        let variables = ProcessInfo.processInfo.environment
        let words = ["KUBE_EDITOR", "EDITOR"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? "vi"
        // The shell splits what the person wrote there ("code --wait"); the path is an argument, never part of the command.
        let arguments = ["/bin/sh", "-c", "exec \(words) \"$1\"", "sh", request.path]
        var pointers = arguments.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        // Not Foundation's Process: that puts the program into a group of its own, which may not read from the terminal.
        var child: pid_t = 0
        let code = posix_spawn(&child, arguments[0], nil, nil, &pointers, environ)
        guard code == 0 else {
            throw PlainFailure(
                .mistaken, "the editor \(words) could not be started: \(String(cString: strerror(code)))")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 { guard errno == EINTR else { return -1 } }
        // As WIFEXITED and WEXITSTATUS, which are macros.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
