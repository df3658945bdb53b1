import Foundation

/// Turns an archive that a container sends into files on this machine; nothing hostile in it gets out of the target.
struct Unpacking {
    private var reader = TarReader()
    private let target: TargetFolder
    /// What was asked for: the first part of every name.
    private let asked: String
    /// What that becomes here.
    private let named: String
    private var skips = false
    private(set) var files = 0
    private(set) var bytes = 0
    /// Links and the like that were left out.
    private(set) var leftOut: [String] = []

    init(asked: String, into folder: String, as named: String) throws {
        self.asked = asked
        self.named = named
        target = try TargetFolder(folder)
    }

    mutating func take(_ piece: ArraySlice<UInt8>) throws {
        var reader = reader
        try reader.take(piece) { try take($0) }
        self.reader = reader
    }

    /// The archive has ended. Throws when it was cut off.
    func finish() throws {
        guard reader.isOver else {
            target.discard()
            throw TarFault("the archive was cut off; the last file was not written")
        }
        if files == 0, leftOut.isEmpty { return }
    }

    private mutating func take(_ event: TarReader.Event) throws {
        switch event {
        case .entry(let entry): try begin(entry)
        case .bytes(let piece):
            guard !skips else { return }
            try target.append(piece)
            bytes += piece.count
        case .entryEnd:
            if !skips { try target.finish() }
            skips = true
        }
    }

    private mutating func begin(_ entry: TarEntry) throws {
        let parts = try place(entry)
        skips = true
        switch entry.kind {
        case .directory: try target.makeFolder(parts)
        case .file:
            try target.begin(parts, mode: entry.mode)
            skips = false
            files += 1
        case .other: leftOut.append(entry.text)
        }
    }

    /// Where an entry belongs, below the target. Absolute names, "..", and names that were not asked for end it all: a sound
    /// `tar` sends none of them.
    private func place(_ entry: TarEntry) throws -> [String] {
        guard entry.name.first != UInt8(ascii: "/") else {
            throw TarFault("the container sent an absolute name: \(entry.text)")
        }
        var parts = entry.name.split(separator: UInt8(ascii: "/")).map { Array($0) }
        parts.removeAll { $0 == [UInt8(ascii: ".")] }
        guard !parts.contains(Array("..".utf8)) else {
            throw TarFault("the container sent a name that leads out of the folder: \(entry.text)")
        }
        // No valid file name holds a zero, and the rest must be text to be handed to the system.
        let names = parts.compactMap { $0.contains(0) ? nil : String(validating: $0, as: UTF8.self) }
        guard names.count == parts.count, names.first == asked else {
            throw TarFault("the container sent what was not asked for: \(entry.text)")
        }
        return [named] + names.dropFirst()
    }
}
