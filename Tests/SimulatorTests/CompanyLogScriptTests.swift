import Foundation
import Testing

@testable import Simulator

@Suite("The log script")
struct CompanyLogScriptTests {
    let script = LogScript(seed: 1)

    @Test("writes the same lines for two halves as for the whole")
    func halves() {
        let container = SimContainer.sample(.java)
        let whole = script.lines(for: container, from: noon.addingTimeInterval(-120), to: noon)
        let first = script.lines(
            for: container, from: noon.addingTimeInterval(-120), to: noon.addingTimeInterval(-61.5))
        let second = script.lines(for: container, from: noon.addingTimeInterval(-61.5), to: noon)
        #expect(whole == first + second)
        #expect(whole.count > 1000)
    }

    @Test("keeps time and ordinals growing")
    func order() {
        let lines = script.lines(for: .sample(.java), from: noon.addingTimeInterval(-3600), to: noon)
        #expect(zip(lines, lines.dropFirst()).allSatisfy { $0.timestamp < $1.timestamp && $0.ordinal < $1.ordinal })
    }

    @Test("begins with the greeting at the container's start")
    func greeting() {
        let start = noon.addingTimeInterval(-3600)
        let lines = script.lines(for: .sample(.python), from: .distantPast, to: start.addingTimeInterval(0.2))
        #expect(
            lines.map(\.string) == [
                "2026-11-22 11:00:00,000 INFO payments-api.worker: starting payments-api 2.1.0",
                "2026-11-22 11:00:00,000 INFO payments-api.worker: configuration read from /etc/payments-api/config.yaml",
                "2026-11-22 11:00:00,000 INFO payments-api.worker: listening on 0.0.0.0:8080",
            ])
    }

    @Test("says nothing after the last words of a crash, and says those at the very end")
    func crash() {
        let end = noon.addingTimeInterval(-60)
        let container = SimContainer.sample(.json, endedAt: end, ending: .error(exitCode: 3))
        let late = script.lines(for: container, from: end, to: .distantFuture)
        #expect(late.first?.string.contains("fatal: cannot decode configuration") == true)
        #expect(late.last?.string == "exiting with code 3")
        #expect(late.count == 10)
        let all = script.lines(for: container, from: end.addingTimeInterval(-30), to: noon)
        #expect(Array(all.suffix(10)) == late)
    }

    @Test("gives the newest lines without writing what came before")
    func last() {
        let container = SimContainer.sample(.logfmt)
        let all = script.lines(for: container, from: .distantPast, to: noon)
        #expect(script.lastLines(25, of: container, before: noon) == Array(all.suffix(25)))
        #expect(script.lastLines(1_000_000, of: container, before: noon) == all)
    }

    @Test("counts without text exactly what it writes with text")
    func headers() {
        let container = SimContainer.sample(.python)
        let range = noon.addingTimeInterval(-600).nanoseconds..<noon.nanoseconds
        let headers = script.lines(for: container, in: range, headersOnly: true)
        let lines = script.lines(for: container, in: range)
        #expect(headers.map(\.ordinal) == lines.map(\.ordinal))
        #expect(headers.allSatisfy { $0.text.isEmpty })
    }

    @Test("lets an episode speak while it lasts")
    func episode() {
        script.add(
            LogEpisode(
                cluster: "sandbox", namespace: "payments", app: "payments-api", from: noon.addingTimeInterval(-60),
                to: noon,
                kind: .refused(upstream: "card-vault"), share: 0.5))
        let before = script.lines(for: .sample(), from: noon.addingTimeInterval(-120), to: noon.addingTimeInterval(-60))
        let during = script.lines(for: .sample(), from: noon.addingTimeInterval(-60), to: noon)
        #expect(before.filter { $0.string.contains("card-vault") }.isEmpty)
        #expect((200...400).contains(during.filter { $0.string.contains("card-vault") }.count))
    }

    @Test("writes bytes that are no UTF-8 where the container is rude")
    func rude() {
        let lines = script.lines(for: .sample(.rude), from: noon.addingTimeInterval(-600), to: noon)
        #expect(lines.contains { String(validating: $0.text, as: UTF8.self) == nil })
        #expect(lines.contains { $0.text.contains(0x1B) })
    }
}
