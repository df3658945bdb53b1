import HTTP
import HTTPTesting
import Model
import Testing

@testable import Backends

@Suite("A Jenkins console log")
struct JenkinsLogTests {
    let server = FakeTransport()
    let path = "/job/payments/job/main/42/logText/progressiveText"
    var log: JenkinsLog {
        JenkinsLog(
            JenkinsClient(ServiceEndpoint(base: "https://ci.lantern.example", transport: server)),
            run: RunReference(job: "payments/main", number: 42))
    }

    @Test("is followed from where the last piece ended, a line at a time")
    func follow() async throws {
        server.answer(.head, path, headers: ["X-Text-Size": "30"])
        server.answer(.get, "\(path)?start=0", headers: ["X-Text-Size": "14", "X-More-Data": "true"], "Started\nCheck")
        server.answer(.get, "\(path)?start=14", headers: ["X-Text-Size": "30"], "ing out\r\nFinished: SUC")
        var log = log
        #expect(try await texts(log.next()) == ["Started"])
        let last = try await log.next()
        #expect(texts(last) == ["Checking out", "Finished: SUC"])
        #expect(!last.isGrowing)
        #expect(last.skippedBytes == 0)
    }

    @Test("of great length begins with its end, at a whole line")
    func tail() async throws {
        server.answer(.head, path, headers: ["X-Text-Size": "1000000"])
        server.answer(.get, "\(path)?start=934464", headers: ["X-Text-Size": "1000000"], "ild line\nnext\n")
        var log = log
        let piece = try await log.next()
        #expect(texts(piece) == ["next"])
        #expect(piece.skippedBytes == 934_464 + 9)
    }

    @Test("is read from the beginning where the server does not tell its size")
    func noHead() async throws {
        server.answer(.head, path, status: 405)
        server.answer(.get, "\(path)?start=0", headers: ["X-Text-Size": "6"], "hello\n")
        var log = log
        #expect(try await texts(log.next()) == ["hello"])
    }

    @Test("loses its hidden notes, also where a chunk ends within one")
    func notes() {
        var stripper = ConsoleNoteStripper()
        let first = stripper.strip(Array("\u{1B}[8mha:////4AAAA\u{1B}[0mStarted by \u{1B}[8mh".utf8))
        let second = stripper.strip(Array("a:AAAA==\u{1B}[0mAda\n\u{1B}[31mred\u{1B}[0m\u{1B}".utf8))
        #expect(String(decoding: first + second, as: UTF8.self) == "Started by Ada\n\u{1B}[31mred\u{1B}[0m")
        #expect(stripper.finish() == [0x1B])
    }

    @Test("is stripped alike whole and byte by byte")
    func byteByByte() {
        let log = Array("\u{1B}\u{1B}[8mha:////\u{1B}[\u{1B}[0mok \u{1B}[8mhx \u{1B}[8\u{1B}[8mha:A\u{1B}[0m.\n".utf8)
        var whole = ConsoleNoteStripper()
        var bytewise = ConsoleNoteStripper()
        let expected = whole.strip(log) + whole.finish()
        #expect(log.flatMap { bytewise.strip([$0]) } + bytewise.finish() == expected)
        #expect(String(decoding: expected, as: UTF8.self) == "\u{1B}ok \u{1B}[8mhx \u{1B}[8.\n")
    }

    @Test("with a size that no log has is read from the beginning")
    func absurdSize() async throws {
        server.answer(.head, path, headers: ["X-Text-Size": "-9223372036854775808"])
        server.answer(.get, "\(path)?start=0", headers: ["X-Text-Size": "99999999999999999999"], "hello\n")
        var log = log
        #expect(try await texts(log.next()) == ["hello"])
    }

    @Test("is not swallowed by a note that never ends")
    func endlessNote() {
        var stripper = ConsoleNoteStripper()
        #expect(String(decoding: stripper.strip(Array("a\u{1B}[8mha:xyz\nb".utf8)), as: UTF8.self) == "a\nb")
    }

    @Test("that is behind a login page says so")
    func loginPage() async {
        server.answer(.head, path, headers: ["X-Text-Size": "5"])
        server.answer(.get, path, headers: ["Content-Type": "text/html"], "<title>Sign in</title>")
        var log = log
        let error = await #expect(throws: ServiceError.self) { try await log.next() }
        #expect(error?.message.hasPrefix("cannot read the log of payments/main #42: Jenkins at") == true)
    }

    private func texts(_ piece: JenkinsLog.Piece) -> [String] {
        piece.lines.map { String(decoding: $0, as: UTF8.self) }
    }
}
