import Canvas
import LogBuffer
import Model
import PaneKit
import TestSupport
import Testing

@testable import Panes

struct LogsPaneTests {
    private static let query = LogQuery(
        environment: "production", namespace: "ledger", target: .pod(name: "ledger-api-7c9d-9fz4w"))

    private func driver(
        _ lines: [(second: Double, origin: LogOrigin, text: String)] = LogsPaneTests.lines, width: Int = 100,
        height: Int = 12,
        pods: [String] = ["ledger-api-7c9d-9fz4w"]
    ) -> PaneDriver {
        var company = Company()
        company.setLog(Self.query, lines, pods: pods)
        var driver = PaneDriver(LogsPane(), company, width: width, height: height)
        driver.send(.go(.logs(Self.query, around: nil)))
        driver.send(.feed(.log(Self.query), Table.Changes()))
        return driver
    }

    private static let lines: [(second: Double, origin: LogOrigin, text: String)] = [
        (1, .history, "INFO  ledger starting version=4.2.0"), (2, .history, "WARN  slow query dur=1834ms table=orders"),
        (10, .live, "\u{1B}[32mINFO\u{1B}[0m served path=/api/items status=200"),
        (11, .live, "ERROR pool exhausted"), (12, .live, "\tat shop.Pool.take(Pool.java:118)"),
        (13, .live, "{\"level\":\"info\",\"msg\":\"request served\",\"note\":\"\u{1B}[2J\"}"),
        (14, .live, "DEBUG héllo 你好 🚀"),
    ]

    private static func many(_ count: Int) -> [(second: Double, origin: LogOrigin, text: String)] {
        (0..<count).map { (Double($0) / 10, .live, "line \($0)") }
    }

    @Test("live lines stand under history, the seam marked, colours kept, escapes shown")
    func golden() { expectGolden(driver().frame, "log-100x12") }

    @Test("lines of several pods carry the name of their pod")
    func severalPods() { expectGolden(driver(pods: ["api-x1", "api-x2"]).frame, "log-two-pods-100x12") }

    @Test("the end is followed until a key goes up, and then the lines stand still")
    func pause() {
        var driver = driver(Self.many(50))
        #expect(driver.rows[11].contains("line 49"))
        driver.press("k")
        driver.company.setLog(Self.query, Self.many(60))
        driver.send(.feed(.log(Self.query), Table.Changes()))
        #expect(driver.rows[11].contains("line 49"))
        #expect(driver.rows[0].contains("paused at 49"))
    }

    @Test("G follows again")
    func follow() {
        var driver = driver(Self.many(50))
        driver.press("g", "G")
        driver.company.setLog(Self.query, Self.many(60))
        driver.send(.feed(.log(Self.query), Table.Changes()))
        #expect(driver.rows[11].contains("line 59"))
    }

    @Test("going above the first line asks for older ones")
    func older() {
        var driver = driver(Self.many(5))
        driver.press("g")
        #expect(driver.effects == [.loadOlder(.log(Self.query))])
    }

    @Test("a filter shows matching lines only and counts both")
    func filter() {
        var driver = driver()
        driver.send(.prompt("log.filter", .accepted("level:error")))
        #expect(driver.rows[0].contains("2 of 7 lines"))
    }

    @Test("search goes to the match before and says when there is none")
    func search() {
        var driver = driver(Self.many(50))
        driver.send(.prompt("log.search", .accepted("line 7")))
        #expect(driver.rows[0].contains("paused at 8"))
        driver.send(.prompt("log.search", .accepted("nowhere")))
        #expect(driver.effects == [.notice(Notice("no line matches nowhere"))])
    }

    @Test("E goes to the error before, round no corner")
    func errors() {
        var driver = driver()
        driver.press("E", "E")
        #expect(driver.rows[0].contains("paused at 4"))
        driver.press("E")
        #expect(driver.effects == [.notice(Notice("no error before this line"))])
    }

    @Test("a broken expression is said beside the title")
    func broken() {
        var driver = driver()
        driver.send(.prompt("log.search", .accepted("/(/")))
        #expect(driver.rows[0].contains("pattern:"))
    }

    @Test("long lines wrap, and w lets them run on")
    func wrap() {
        let long = String(repeating: "0123456789", count: 15)
        var driver = driver([(1, .live, long)], width: 80, height: 6)
        #expect(driver.rows[2].trimmingPrefix { $0 == " " }.count == 65)
        driver.press("w")
        #expect(driver.rows[2] == "")
    }

    @Test("what is copied holds no living escape sequence")
    func copy() {
        var driver = driver([(1, .live, "a\u{1B}]0;x\u{07}b")])
        driver.press("c")
        #expect(driver.effects == [.copy("a␛]0;x␇b", what: "the line")])
    }

    @Test("without a log the pane says how to open one")
    func none() {
        let driver = PaneDriver(LogsPane(), Company())
        #expect(driver.rows.contains { $0.contains("No log is open.") })
    }

    @Test("a moment that lies before the lines is looked for page by page, and its absence is said")
    func moment() {
        var driver = driver(Self.many(50))
        let moment = Timestamp(seconds: Company.now.seconds - 120)
        driver.send(.go(.logs(Self.query, around: moment)))
        #expect(driver.effects == [.loadOlder(.log(Self.query))])
        driver.company.setStatus(
            .log(Self.query), .live, notices: ["this is the beginning of what Elasticsearch keeps"])
        driver.send(.feed(.log(Self.query), Table.Changes()))
        #expect(
            driver.effects == [.notice(Notice("the log does not reach back to 13:15:42.000 UTC", .warning))])
    }

    @Test("a moment among the lines is shown in the upper third, and nothing is asked for")
    func momentHere() {
        var driver = driver(Self.many(50))
        driver.send(.go(.logs(Self.query, around: Timestamp(seconds: Company.now.seconds - 58))))
        #expect(driver.effects == [])
        #expect(driver.rows[0].contains("paused at 21"))
    }

    @Test("a level chosen for one log is not taken to the next")
    func levelStays() {
        var driver = driver()
        driver.press("L", "L", "L")
        #expect(driver.rows[0].contains("level error"))
        let other = LogQuery(environment: "production", namespace: "ledger", target: .pod(name: "other"))
        driver.company.setLog(other, Self.lines)
        driver.send(.go(.logs(other, around: nil)))
        driver.send(.feed(.log(other), Table.Changes()))
        #expect(driver.rows[0].contains("7 lines"))
        #expect(!driver.rows[0].contains("level"))
    }

    @Test("saved lines say when they were written and by whom")
    func saved() {
        var driver = driver([(1, .live, "hello")])
        driver.press("ctrl-s")
        #expect(
            driver.effects == [
                .save("2026-11-22T13:16:43Z ledger-api-7c9d-9fz4w/api hello\n", name: "ledger-api-7c9d-9fz4w.log")
            ])
    }
}
