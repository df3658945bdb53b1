import Foundation

/// Where this program lies, symbolic links resolved, however it was called.
enum ProgramPath {
    static var current: String {
        // Without /proc the name it was called by has to do.
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? ProcessInfo.processInfo.arguments[0]
    }
}
