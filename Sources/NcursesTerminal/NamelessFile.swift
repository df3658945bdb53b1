import Glibc

/// A file without a name, which goes with its descriptor and which nobody else can open.
enum NamelessFile {
    static func make() -> Int32? {
        var template = Array("/tmp/midwatch-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { return nil }
        unlink(template)
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        return file
    }
}
