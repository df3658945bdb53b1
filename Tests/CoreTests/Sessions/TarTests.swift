import Foundation
import Testing

@testable import Core

@Suite("Tar archives")
struct TarTests {
    @Test("what is written is read again, however the bytes are cut")
    func roundTrip() throws {
        let long = Array(String(repeating: "deep/", count: 60).utf8) + Array("file".utf8)
        let archive = Archive.bytes([
            (.init(name: Array("top/".utf8), kind: .directory, mode: 0o755), []),
            (
                .init(name: Array("top/a.txt".utf8), kind: .file, size: 5, mode: 0o640, modified: 1_700_000_000),
                Array("hello".utf8)
            ),
            (.init(name: Array("top/empty".utf8), kind: .file, size: 0), []),
            (.init(name: long, kind: .file, size: 512), [UInt8](repeating: 7, count: 512)),
        ])
        let whole = try read([archive])
        #expect(whole.map(\.entry.text) == ["top/", "top/a.txt", "top/empty", String(decoding: long, as: UTF8.self)])
        #expect(whole.map(\.bytes.count) == [0, 5, 0, 512])
        #expect(
            whole[1].entry
                == TarEntry(name: Array("top/a.txt".utf8), kind: .file, size: 5, mode: 0o640, modified: 1_700_000_000))
        for step in [1, 7, 511, 512, 513, 4096] {
            let pieces = stride(from: 0, to: archive.count, by: step).map {
                archive[$0..<min($0 + step, archive.count)]
            }
            #expect(try read(pieces.map { Array($0) }) == whole)
        }
    }

    @Test("names and sizes of GNU's and of the ustar form are read")
    func otherForms() throws {
        let gnu =
            Archive.head("././@LongLink", type: "L", size: 9) + Archive.padded("gnu/name\0")
            + Archive.head("cut", size: 2)
            + Archive.padded("xy")
        #expect(try read([gnu]).map(\.entry.text) == ["gnu/name"])
        var prefixed = Archive.head("name", size: 0)
        for (index, byte) in Array("some/prefix".utf8).enumerated() { prefixed[345 + index] = byte }
        #expect(try read([Archive.summed(prefixed)]).map(\.entry.text) == ["some/prefix/name"])
        var binary = Archive.head("big", size: 0)
        for index in 124..<136 { binary[index] = 0 }
        binary[124] = 0x80
        binary[133] = 2
        #expect(throws: Never.self) { try read([Archive.summed(binary)]) }
    }

    @Test("a long name that GNU cuts behind a slash is still a file's")
    func cutBehindSlash() throws {
        let long = String(repeating: "a", count: 99) + "/data.txt"
        let archive =
            Archive.head("././@LongLink", type: "L", size: long.utf8.count + 1) + Archive.padded(long + "\0")
            + Archive.head(String(long.prefix(100)), size: 2) + Archive.padded("xy")
        let read = try read([archive])
        #expect(read.map(\.entry.kind) == [.file])
        #expect(read.map(\.entry.text) == [long])
        #expect(read.map(\.bytes) == [Array("xy".utf8)])
    }

    @Test("links, devices and pipes are told from files, and their contents are none")
    func others() throws {
        let archive =
            Archive.head("link", type: "2", size: 0) + Archive.head("hard", type: "1", size: 700)
            + Archive.head("after", size: 1) + Archive.padded("z")
        #expect(try read([archive]).map(\.entry.kind) == [.other(0x32), .other(0x31), .file])
    }

    @Test("what is no archive, or a broken one, ends with a reason")
    func broken() {
        #expect(throws: TarFault("it is no tar archive, or a broken one")) {
            try read([[UInt8](repeating: 0x41, count: 512)])
        }
        #expect(throws: TarFault("it has a header of 4000000000 bytes")) {
            try read([Archive.head("x", type: "x", size: 4_000_000_000)])
        }
        #expect(throws: TarFault("it has a broken pax header")) {
            try read([Archive.head("x", type: "x", size: 9) + Archive.padded("99 path=a")])
        }
        #expect(throws: TarFault("it has a size that is none")) {
            try read([Archive.head("x", type: "x", size: 11) + Archive.padded("11 size=-1\n")])
        }
        var huge = Archive.head("huge", size: 0)
        for index in 124..<136 { huge[index] = 0xFF }
        #expect(throws: TarFault("it has a size that is none")) { try read([Archive.summed(huge)]) }
    }

    private struct Read: Equatable {
        var entry: TarEntry
        var bytes: [UInt8] = []
    }

    private func read(_ pieces: [[UInt8]]) throws -> [Read] {
        var reader = TarReader()
        var entries: [Read] = []
        for piece in pieces {
            try reader.take(piece[...]) { event in
                switch event {
                case .entry(let entry): entries.append(Read(entry: entry))
                case .bytes(let bytes): entries[entries.count - 1].bytes += bytes
                case .entryEnd: break
                }
            }
        }
        return entries
    }
}

/// Archives made by hand, sound and hostile ones.
enum Archive {
    static func bytes(_ entries: [(TarEntry, [UInt8])], isWhole: Bool = true) -> [UInt8] {
        entries.flatMap { TarWriter.head($0) + $1 + TarWriter.padding(after: $1.count) }
            + (isWhole ? TarWriter.end : [])
    }

    static func head(_ name: String, type: Character = "0", size: Int, link: String = "") -> [UInt8] {
        var header = TarWriter.head(TarEntry(name: Array(name.utf8), kind: .other(type.asciiValue!), size: size))
        for (index, byte) in Array(link.utf8).enumerated() { header[157 + index] = byte }
        return summed(header)
    }

    static func padded(_ text: String) -> [UInt8] {
        Array(text.utf8) + TarWriter.padding(after: text.utf8.count)
    }

    /// With the right check sum.
    static func summed(_ header: [UInt8]) -> [UInt8] {
        var header = header
        for index in 148..<156 { header[index] = 32 }
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        let digits = String(repeating: "0", count: 6 - sum.count) + sum
        for (index, byte) in (Array(digits.utf8) + [0, 32]).enumerated() { header[148 + index] = byte }
        return header
    }
}
