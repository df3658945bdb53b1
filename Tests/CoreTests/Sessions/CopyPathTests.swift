import Foundation
import Testing

@testable import Core

struct CopyPathTests {
    @Test("a path in a container is a folder and a name")
    func remote() {
        #expect(RemotePath("/var/log/app.log") == RemotePath(folder: "/var/log", name: "app.log"))
        #expect(RemotePath("/var/log/") == RemotePath(folder: "/var", name: "log"))
        #expect(RemotePath("notes") == RemotePath(folder: ".", name: "notes"))
        #expect(RemotePath("/") == RemotePath(folder: "/", name: ""))
        #expect(RemotePath("/etc") == RemotePath(folder: "/", name: "etc"))
        #expect(RemotePath("/var/log/..") == RemotePath(folder: "/var/log/..", name: ""))
    }

    @Test("what comes is put into a folder that is there, or under the new name")
    func local() {
        let there = LocalPlace("/tmp", asked: "app.log")
        #expect(there.path == "/tmp/app.log")
        let new = LocalPlace("/tmp/not-there-\(UUID())", asked: "app.log")
        #expect(new.folder == "/tmp")
        #expect(new.name.hasPrefix("not-there-"))
        #expect(!LocalPlace("/not-there/at-all", asked: "x").folderExists)
    }

    @Test("files of this machine become an archive that is read again")
    func packing() async throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.url
        try FileManager.default.createDirectory(at: folder.appending(path: "in/sub"), withIntermediateDirectories: true)
        try Data("one".utf8).write(to: folder.appending(path: "in/a"))
        try Data(repeating: 2, count: 600_000).write(to: folder.appending(path: "in/sub/b"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "in/link").path, withDestinationPath: "/etc/passwd")
        var packing = Packing(folder.appending(path: "in").path, as: "logs")
        var archive: [UInt8] = []
        try await packing.run { archive += $0 }
        #expect(packing.files == 2)
        #expect(packing.bytes == 600_003)
        #expect(packing.leftOut == [folder.appending(path: "in/link").path])
        try FileManager.default.createDirectory(at: folder.appending(path: "out"), withIntermediateDirectories: true)
        var unpacking = try Unpacking(asked: "logs", into: folder.appending(path: "out").path, as: "logs")
        try unpacking.take(archive[...])
        try unpacking.finish()
        #expect(try Data(contentsOf: folder.appending(path: "out/logs/sub/b")) == Data(repeating: 2, count: 600_000))
        #expect(try String(contentsOf: folder.appending(path: "out/logs/a"), encoding: .utf8) == "one")
    }
}
