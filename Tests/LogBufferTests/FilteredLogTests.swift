import Model
import Pattern
import Testing

@testable import LogBuffer

@Suite("A filtered log")
struct FilteredLogTests {
    private func text(_ source: String) throws -> Pattern { try Pattern(source, syntax: .text) }

    @Test("included, excluded, level and source work together")
    func filters() throws {
        let log = LogBuffer()
        log.append([
            live(1, "INFO get /cart"), live(2, "ERROR get /cart"), live(3, "ERROR get /health"),
            live(4, "ERROR get /cart", pod: "web-2"),
        ])
        let all = log.snapshot()
        #expect(try FilteredLog(LogFilter(include: [text("cart")]), of: all).count == 3)
        #expect(try FilteredLog(LogFilter(exclude: [text("health")]), of: all).count == 3)
        #expect(
            try FilteredLog(LogFilter(include: [text("get"), text("health")]), of: all).texts == ["ERROR get /health"])
        #expect(FilteredLog(LogFilter(minimumLevel: .warning), of: all).count == 3)
        let second = LogSource(namespace: "shop", pod: "web-2", container: "app")
        #expect(FilteredLog(LogFilter(minimumLevel: .warning, sources: [second]), of: all).texts == ["ERROR get /cart"])
    }

    @Test("without a filter rows are lines")
    func everything() {
        let log = LogBuffer()
        log.append([live(1, "a"), live(2, "b")])
        let filtered = FilteredLog(LogFilter(context: 3), of: log.snapshot())
        #expect(filtered.texts == ["a", "b"])
        #expect(filtered.matchCount == 2)
        #expect(filtered.isMatch(1))
        #expect(filtered.row(atOrBehind: 1) == 1)
        #expect(filtered.row(atOrBehind: 2) == 2)
    }

    @Test("new lines, lines put in between and lines that left are followed")
    func incremental() throws {
        let log = LogBuffer()
        log.append([live(10, "x1"), live(20, "no"), live(30, "x3")])
        var filtered = try FilteredLog(LogFilter(include: [text("x")]), of: log.snapshot())
        log.append([live(40, "x4")])
        filtered.update(to: log.snapshot())
        #expect(filtered.texts == ["x1", "x3", "x4"])
        log.append([live(25, "x2", pod: "web-2")])
        log.prepend([history(5, "x0"), history(6, "no")])
        filtered.update(to: log.snapshot())
        #expect(filtered.texts == ["x0", "x1", "x2", "x3", "x4"])
        log.clear()
        filtered.update(to: log.snapshot())
        #expect(filtered.texts == [])
    }

    @Test("context lines stand around the matches, each once")
    func context() throws {
        let log = LogBuffer()
        log.append(
            "a b X c d e f X g X h i".split(separator: " ").enumerated().map {
                live(Double($0.offset), String($0.element))
            })
        let filtered = try FilteredLog(LogFilter(include: [text("X")], context: 1), of: log.snapshot())
        #expect(filtered.texts == ["b", "X", "c", "f", "X", "g", "X", "h"])
        #expect((0..<8).map(filtered.isMatch) == [false, true, false, false, true, false, true, false])
        #expect(filtered.matchCount == 3)
        #expect(filtered.position(ofRow: 3) == 6)
        #expect(filtered.row(atOrBehind: 4) == 3)
        #expect(filtered.row(atOrBehind: 11) == 8)
    }

    @Test("context reaches over the borders of slabs, also of short ones")
    func contextOverSlabs() throws {
        let log = LogBuffer(budget: 1 << 20)
        let wide = String(repeating: ".", count: 60_000)
        log.append((0..<12).map { live(Double($0), ($0 == 5 ? "X" : "o") + wide) })
        let snapshot = log.snapshot()
        #expect(snapshot.slabs.count == 12 / 2)
        let filtered = try FilteredLog(LogFilter(include: [text("X")], context: 4), of: snapshot)
        #expect((0..<filtered.count).map(filtered.position(ofRow:)) == [1, 2, 3, 4, 5, 6, 7, 8, 9])
    }

    @Test("an update may be done in parts, newest lines first")
    func parts() throws {
        let log = LogBuffer()
        log.append((0..<10_000).map { live(Double($0), "x \($0)") })
        var filtered = try FilteredLog(LogFilter(include: [text("x")]))
        let first = filtered.update(to: log.snapshot(), lookingAt: 1)
        #expect(!first)
        #expect(filtered.count > 0 && filtered.count < 10_000)
        #expect(filtered.line(at: filtered.count - 1).string == "x 9999")
        let second = filtered.update(to: log.snapshot(), lookingAt: 100_000)
        #expect(second)
        #expect(filtered.count == 10_000)
    }

    @Test("an update off the main thread comes to the same, and ends with its task")
    func asynchronous() async throws {
        let log = LogBuffer()
        log.append((0..<10_000).map { live(Double($0), "x \($0)") })
        let filter = try LogFilter(include: [text("x 99")])
        let filtered = try await FilteredLog(filter).updated(to: log.snapshot())
        #expect(filtered.texts == FilteredLog(filter, of: log.snapshot()).texts)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await FilteredLog(filter).updated(to: log.snapshot())
        }
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("a row is found again by its line, or the one behind it")
    func nearest() throws {
        let log = LogBuffer()
        log.append([live(1, "x1"), live(2, "no"), live(3, "x3")])
        let filtered = try FilteredLog(LogFilter(include: [text("x")]), of: log.snapshot())
        #expect(filtered.row(nearest: log.snapshot().id(at: 2)) == 1)
        #expect(filtered.row(nearest: log.snapshot().id(at: 1)) == 1)
    }
}
