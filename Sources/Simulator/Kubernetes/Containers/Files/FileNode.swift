import Foundation

/// One thing in a container's file system.
struct FileNode: Sendable {
    enum Kind: Sendable {
        case directory([String: Int])
        /// A file whose bytes the file system holds.
        case file
        case link(String)
        /// A file that is made up while it is read.
        case generated(GeneratedFile)
        /// A program of the image; the name is the one in `ProgramTable`.
        case program(String)
        case device(Device)
    }

    enum Device: String, Sendable { case null, zero, random, tty }

    var kind: Kind
    var mode: Int
    var modified: Date

    var isDirectory: Bool { if case .directory = kind { true } else { false } }
}

/// What `stat` says.
struct FileInfo: Sendable {
    var node: FileNode
    var number: Int
    var size: Int

    var isDirectory: Bool { node.isDirectory }
    var linkTarget: String? { if case .link(let target) = node.kind { target } else { nil } }
    var isExecutable: Bool { node.mode & 0o111 != 0 && !isDirectory }

    /// `drwxr-xr-x`
    var modeText: String {
        let type: Character =
            switch node.kind {
            case .directory: "d"
            case .link: "l"
            case .device: "c"
            default: "-"
            }
        let bits = (0..<9).map { node.mode >> (8 - $0) & 1 == 1 ? Array("rwxrwxrwx")[$0] : "-" }
        return String([type] + bits)
    }
}
