/// What a tar archive says of one thing in it.
struct TarEntry: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case file, directory
        /// Links, devices, pipes: the letter of the format.
        case other(UInt8)
    }
    /// As the archive has it: foreign bytes.
    var name: [UInt8]
    var kind: Kind
    var size: Int
    /// Permissions, nine bits.
    var mode: UInt32
    /// Seconds since 1970.
    var modified: Int

    init(name: [UInt8], kind: Kind, size: Int = 0, mode: UInt32 = 0o644, modified: Int = 0) {
        self.name = name
        self.kind = kind
        self.size = size
        self.mode = mode
        self.modified = modified
    }

    /// For messages.
    var text: String { String(decoding: name, as: UTF8.self) }
}

/// What is wrong with an archive, or with what is to become one.
struct TarFault: Error, Sendable, Equatable {
    var words: String
    init(_ words: String) { self.words = words }
}
