import Backends
import Foundation
import HTTPTesting
import Model
import Testing

@testable import Core

@Suite("Copies to and from a container")
struct FileCopyTests {
    private static let exec = "/api/v1/namespaces/payments/pods/web-1/exec"
    private let world: SessionWorld
    private let folder: TemporaryFolder

    init() throws {
        world = try SessionWorld()
        folder = try TemporaryFolder()
    }

    @Test("a folder comes as the container's tar sends it")
    func download() async throws {
        let tar = socket("tar", "cf", "-", "-C", "/var/log", "app")
        let archive = Archive.bytes([
            (.init(name: Array("app/".utf8), kind: .directory), []),
            (.init(name: Array("app/one.log".utf8), kind: .file, size: 3), Array("one".utf8)),
        ])
        tar.say([1] + archive[..<700])
        tar.say([1] + archive[700...])
        tar.say([3] + Array(#"{"status":"Success"}"#.utf8))
        tar.finish()
        let outcome = try await copy(.fromContainer, local: folder.url.path, remote: "/var/log/app")
        #expect(outcome.words == "copied 1 file, 3 B")
        #expect(outcome.session == nil)
        #expect(try String(contentsOf: folder.url.appending(path: "app/one.log"), encoding: .utf8) == "one")
    }

    @Test("a hostile archive is refused with its reason")
    func hostile() async throws {
        let tar = socket("tar", "cf", "-", "-C", "/var/log", "app")
        tar.say([1] + Archive.bytes([(.init(name: Array("app/../../x".utf8), kind: .file, size: 0), [])]))
        let refusal = await #expect(throws: ActionRefusal.self) {
            try await copy(.fromContainer, local: folder.url.path, remote: "/var/log/app")
        }
        #expect(
            refusal
                == ActionRefusal(.rejected, "the container sent a name that leads out of the folder: app/../../x"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [])
    }

    @Test("a container without tar is told, and so is what tar complains of")
    func noTar() async throws {
        let missing = socket("tar", "cf", "-", "-C", "/", "etc")
        missing.say([3] + Array(SessionWorld.missing("tar").utf8))
        missing.finish()
        let refusal = await #expect(throws: ActionRefusal.self) {
            try await copy(.fromContainer, local: folder.url.path, remote: "/etc")
        }
        #expect(
            refusal
                == ActionRefusal(
                    .invalid, "there is no tar in the container, and files are copied with it",
                    hint: "debug offers a container beside it that has one"))
        let failing = socket("tar", "cf", "-", "-C", "/", "nope")
        failing.say([2] + Array("tar: nope: No such file or directory\n".utf8))
        failing.say([3] + Array(SessionWorld.exitCode(1).utf8))
        failing.finish()
        let failure = await #expect(throws: ActionRefusal.self) {
            try await copy(.fromContainer, local: folder.url.path, remote: "/nope")
        }
        #expect(failure?.reason == "tar: nope: No such file or directory (exit code 1)")
    }

    @Test("a file goes into a folder that is there, under its own name")
    func upload() async throws {
        let file = try folder.file("notes.txt", "hello")
        let test = socket("test", "-d", "/tmp")
        test.say([3] + Array(#"{"status":"Success"}"#.utf8))
        test.finish()
        let tar = socket("tar", "-xmf", "-", "-C", "/tmp", hasInput: true)
        async let copied = copy(.toContainer, local: file, remote: "/tmp")
        let sent = await tar.untilSent(5)
        #expect(sent.last?.bytes == [255, 0])
        var reader = TarReader()
        var names: [String] = []
        var contents: [UInt8] = []
        try reader.take(sent.dropLast().flatMap { $0.bytes.dropFirst() }[...]) { event in
            if case .entry(let entry) = event { names.append(entry.text) }
            if case .bytes(let bytes) = event { contents += bytes }
        }
        #expect(names == ["notes.txt"])
        #expect(String(decoding: contents, as: UTF8.self) == "hello")
        tar.say([3] + Array(#"{"status":"Success"}"#.utf8))
        tar.finish()
        #expect(try await copied.words == "copied 1 file, 5 B")
    }

    @Test("what cannot be copied is refused before anything is opened")
    func refusals() async throws {
        let nothing = await #expect(throws: ActionRefusal.self) {
            try await world.desk.prepare(
                world.request(.copy(CopyOptions(.toContainer, local: "/not/there", remote: "/tmp")), "copy"))
        }
        #expect(nothing == ActionRefusal(.invalid, "there is no /not/there on this machine"))
        let nowhere = await #expect(throws: ActionRefusal.self) {
            try await world.desk.prepare(
                world.request(.copy(CopyOptions(.fromContainer, local: "/not/there/at", remote: "/tmp/a")), "copy"))
        }
        #expect(nowhere == ActionRefusal(.invalid, "there is no folder /not/there on this machine"))
    }

    private func socket(_ command: String..., hasInput: Bool = false) -> FakeWebSocket {
        let words = command.map { "command=" + $0.replacing("/", with: "%2F") }.joined(separator: "&")
        let query = words + (hasInput ? "&stdin=true" : "") + "&stdout=true&stderr=true"
        return world.world.server.openWebSocket("\(Self.exec)?\(query)", subprotocol: "v5.channel.k8s.io")
    }

    private func copy(
        _ direction: CopyOptions.Direction, local: String, remote: String
    ) async throws -> SessionOutcome {
        try await world.open(.copy(CopyOptions(direction, local: local, remote: remote)), "copy")
    }
}
