import Foundation
import Testing

@testable import Core

@Suite("An archive from a container")
struct UnpackingTests {
    private let temporary: TemporaryFolder
    private var folder: URL { temporary.url }
    private var target: URL { folder.appending(path: "target") }

    init() throws {
        temporary = try TemporaryFolder()
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    }

    @Test("becomes files and folders under the name that was wished, with their modes")
    func sound() throws {
        try unpack([
            (.init(name: Array("logs/".utf8), kind: .directory, mode: 0o755), []),
            (.init(name: Array("logs/a".utf8), kind: .file, size: 3, mode: 0o600), Array("one".utf8)),
            (.init(name: Array("./logs/sub/b".utf8), kind: .file, size: 3, mode: 0o755), Array("two".utf8)),
        ])
        #expect(try listing() == ["target", "target/mine", "target/mine/a", "target/mine/sub", "target/mine/sub/b"])
        #expect(try String(contentsOf: target.appending(path: "mine/sub/b"), encoding: .utf8) == "two")
        #expect(mode("mine/a") == 0o600)
        #expect(mode("mine/sub/b") == 0o755)
    }

    @Test("names that lead out end it, and nothing is written anywhere else")
    func escapes() throws {
        for name in ["logs/../../out", "../out", "logs/..", "logs/a/../../../out"] {
            #expect(throws: TarFault("the container sent a name that leads out of the folder: \(name)")) {
                try unpack([file(name)])
            }
        }
        #expect(throws: TarFault("the container sent an absolute name: /etc/out")) { try unpack([file("/etc/out")]) }
        for name in ["other", ".bashrc", "logsx/a", "./other/logs/a", ""] {
            #expect(throws: TarFault("the container sent what was not asked for: \(name)")) { try unpack([file(name)]) }
        }
        #expect(try listing() == ["target"])
    }

    @Test("links and devices are left out; what would go through them goes nowhere")
    func links() throws {
        let outside = folder.appending(path: "outside")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        let archive =
            Archive.head("logs/link", type: "2", size: 0, link: outside.path)
            + Archive.bytes([file("logs/link/evil")]).dropLast(1024)
            + Archive.head("logs/hard", type: "1", size: 0, link: "/etc/passwd")
            + Archive.head("logs/null", type: "3", size: 0)
            + Archive.head("logs/pipe", type: "6", size: 0) + TarWriter.end
        var unpacking = try Unpacking(asked: "logs", into: target.path, as: "mine")
        try unpacking.take(Array(archive)[...])
        try unpacking.finish()
        #expect(unpacking.leftOut == ["logs/link", "logs/hard", "logs/null", "logs/pipe"])
        #expect(try listing() == ["outside", "target", "target/mine", "target/mine/link", "target/mine/link/evil"])
    }

    @Test("a link that was here before is not written through")
    func oldLink() throws {
        let outside = folder.appending(path: "outside")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: target.appending(path: "mine"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: target.appending(path: "mine/sub"), withDestinationURL: outside)
        #expect(throws: TarFault("mine/sub is a link or a file here, not a folder: nothing is written through it")) {
            try unpack([file("logs/sub/evil")])
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == [])
        try FileManager.default.createSymbolicLink(
            at: target.appending(path: "mine/name"), withDestinationURL: outside.appending(path: "victim"))
        try unpack([file("logs/name")])
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == [])
        #expect(try String(contentsOf: target.appending(path: "mine/name"), encoding: .utf8) == "evil")
    }

    @Test("a folder is not replaced by a file, nor a file by a folder")
    func kinds() throws {
        try unpack([(.init(name: Array("logs/a/".utf8), kind: .directory), [])])
        #expect(throws: TarFault("cannot write a: Is a directory")) { try unpack([file("logs/a")]) }
        try unpack([file("logs/b")])
        #expect(throws: TarFault("mine/b is a link or a file here, not a folder: nothing is written through it")) {
            try unpack([file("logs/b/c")])
        }
        #expect(try listing() == ["target", "target/mine", "target/mine/a", "target/mine/b"])
    }

    @Test("one that is cut off leaves no half of a file")
    func truncated() throws {
        let whole = Archive.bytes([
            file("logs/a"),
            (.init(name: Array("logs/b".utf8), kind: .file, size: 4000), [UInt8](repeating: 1, count: 4000)),
        ])
        var unpacking = try Unpacking(asked: "logs", into: target.path, as: "mine")
        try unpacking.take(whole[..<3000])
        #expect(throws: TarFault("the archive was cut off; the last file was not written")) { try unpacking.finish() }
        #expect(try listing() == ["target", "target/mine", "target/mine/a"])
    }

    @Test("a size beyond all disks is only a claim")
    func hugeClaim() throws {
        var unpacking = try Unpacking(asked: "logs", into: target.path, as: "mine")
        let head = TarWriter.head(TarEntry(name: Array("logs/a".utf8), kind: .file, size: 1 << 60))
        try unpacking.take((head + [1, 2, 3])[...])
        #expect(throws: TarFault.self) { try unpacking.finish() }
        #expect(try listing() == ["target", "target/mine"])
    }

    private func file(_ name: String) -> (TarEntry, [UInt8]) {
        (TarEntry(name: Array(name.utf8), kind: .file, size: 4), Array("evil".utf8))
    }

    private func unpack(_ entries: [(TarEntry, [UInt8])]) throws {
        var unpacking = try Unpacking(asked: "logs", into: target.path, as: "mine")
        try unpacking.take(Archive.bytes(entries)[...])
        try unpacking.finish()
    }

    private func listing() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    }

    private func mode(_ name: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: target.appending(path: name).path)
        return attributes?[.posixPermissions] as? Int ?? 0
    }
}
