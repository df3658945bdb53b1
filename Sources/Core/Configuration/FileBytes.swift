import Foundation

/// Reads a whole small file and says, in the system's words, why it could not.
enum FileBytes {
    struct Failure: Error, Equatable { var words: String }

    /// Files of more than a megabyte are refused: nothing that is configured is that long.
    static func read(_ path: String) throws(Failure) -> [UInt8] {
        guard let file = fopen(path, "re") else { throw Failure(words: systemWords(errno)) }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        guard ferror(file) == 0 else { throw Failure(words: systemWords(errno)) }
        guard count < bytes.count else { throw Failure(words: "it is longer than a megabyte") }
        return Array(bytes[..<count])
    }

    private static func systemWords(_ code: Int32) -> String { String(cString: strerror(code)).lowercased() }
}
