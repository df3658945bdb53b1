import Model
import Testing

@testable import LogBuffer

@Suite("The lines of a log")
struct LogBufferTests {
    @Test("an entry of the index takes 24 bytes")
    func entrySize() {
        #expect(MemoryLayout<LogEntry>.stride == 24)
    }

    @Test("lines of several pods stand in time order, equal times as they came")
    func order() {
        let log = LogBuffer()
        log.append([live(10, "a"), live(30, "c"), live(20, "b", pod: "web-2")])
        log.append([live(20, "b2", pod: "web-3"), live(5, "first")])
        #expect(log.texts == ["first", "a", "b", "b2", "c"])
        #expect(log.count == 5)
        #expect(log.line(at: 2)?.source.pod == "web-2")
        #expect(log.line(at: 5) == nil)
        #expect(log.line(at: -1) == nil)
    }

    @Test("a line says when, who, how loud and from where")
    func view() {
        let log = LogBuffer()
        log.append([live(1, "ERROR no route")])
        log.prepend([history(0.5, "before")])
        let line = log.line(at: 1)
        #expect(line?.time == Timestamp(nanoseconds: 1_000_000))
        #expect(line?.source == LogSource(namespace: "shop", pod: "web-1", container: "app"))
        #expect(line?.level == .error)
        #expect(line?.origin == .live)
        #expect(log.line(at: 0)?.origin == .history)
    }

    @Test("lines without a time go to the end, in their order, and show none")
    func timeless() {
        let log = LogBuffer()
        log.append([live(0, "Started by user"), live(0, "Started by user"), live(0, "+ make test")])
        #expect(log.texts == ["Started by user", "Started by user", "+ make test"])
        #expect(log.line(at: 0)?.time == nil)
        #expect(log.snapshot().oldestTime == nil)
    }

    @Test("a line keeps its identity when others are put in before it")
    func identity() {
        let log = LogBuffer()
        log.append([live(10, "x"), live(10, "anchor"), live(10, "y")])
        let id = log.snapshot().id(at: 1)
        log.append([live(5, "earlier")])
        log.prepend([history(1, "page"), history(2, "page")])
        #expect(log.snapshot().position(of: id) == 4)
        #expect(log.snapshot().line(at: 4).string == "anchor")
    }

    @Test("a snapshot stays as it was while the log goes on")
    func snapshotStays() {
        let log = LogBuffer()
        log.append([live(1, "a")])
        let before = log.snapshot()
        log.append([live(0.5, "b"), live(2, "c")])
        #expect(before.texts == ["a"])
        #expect(log.texts == ["b", "a", "c"])
        #expect(log.revision == 2)
        #expect(before.revision == 1)
    }

    @Test("pages of the past go in front, in time order, one before the other")
    func pages() {
        let log = LogBuffer()
        log.append([live(100, "now")])
        log.prepend([history(90, "p1 c"), history(80, "p1 a"), history(80, "p1 b")])
        log.prepend([history(80, "p2 b"), history(70, "p2 a")])
        #expect(log.texts == ["p2 a", "p2 b", "p1 a", "p1 b", "p1 c", "now"])
        #expect(log.snapshot().oldestTime == Timestamp(nanoseconds: 70_000_000))
    }

    @Test("lines of the past without a time stay in front, in their order")
    func timelessPast() {
        let log = LogBuffer()
        log.append([live(100, "now")])
        log.prepend([history(0, "a"), history(0, "b"), history(90, "c")])
        log.prepend([history(0, "older")])
        #expect(log.texts == ["older", "a", "b", "c", "now"])
        #expect(log.line(at: 1)?.time == nil)
    }

    @Test("a page that reaches into the live lines is woven in, in its own order")
    func woven() {
        let log = LogBuffer()
        log.append([live(10, "l10"), live(20, "l20"), live(30, "l30")])
        log.prepend([history(5, "h5"), history(20, "h20 a"), history(20, "h20 b"), history(40, "h40")])
        #expect(log.texts == ["h5", "l10", "h20 a", "h20 b", "l20", "l30", "h40"])
    }

    @Test("the oldest lines make room, and are counted")
    func eviction() {
        let log = LogBuffer(budget: 64 << 10)
        for round in 0..<2_000 {
            log.append([live(Double(round), "line \(round) " + String(repeating: "x", count: 100))])
        }
        let counters = log.counters
        #expect(counters.heldBytes <= 64 << 10)
        #expect(counters.lines + counters.evicted == 2_000)
        #expect(log.snapshot().line(at: counters.lines - 1).string.hasPrefix("line 1999 "))
        #expect(log.snapshot().line(at: 0).string.hasPrefix("line \(counters.evicted) "))
        #expect(log.snapshot().count == counters.lines)
    }

    @Test("a line that is gone is not found, and its neighbourhood is")
    func gone() {
        let log = LogBuffer(budget: 64 << 10)
        log.append([live(1, "gone")])
        let id = log.snapshot().id(at: 0)
        log.append((2..<2_000).map { live(Double($0), String(repeating: "x", count: 100)) })
        #expect(log.snapshot().position(of: id) == nil)
        #expect(log.snapshot().nearestPosition(to: id) == 0)
    }

    @Test("a page of the past pushes nothing out; what finds no room is left and said")
    func fullBudget() {
        let log = LogBuffer(budget: 64 << 10)
        log.append([live(1_000, "now")])
        let page = (0..<1_000).map { history(Double($0), "\($0) " + String(repeating: "x", count: 100)) }
        #expect(log.prepend(page) == false)
        #expect(log.counters.heldBytes <= 64 << 10)
        #expect(log.snapshot().line(at: log.count - 1).string == "now")
        #expect(log.snapshot().line(at: log.count - 2).string.hasPrefix("999 "))
        #expect(log.prepend([history(0.5, String(repeating: "x", count: 200))]) == false)
        #expect(log.counters.evicted == 0)
    }

    @Test("a line longer than a line may be is cut and counted")
    func cut() {
        let log = LogBuffer()
        log.append([live(1, String(repeating: "x", count: (1 << 20) + 5)), live(2, "short")])
        #expect(log.line(at: 0)?.text.count == 1 << 20)
        #expect(log.line(at: 0)?.isCut == true)
        #expect(log.line(at: 1)?.isCut == false)
        #expect(log.counters.cut == 1)
    }

    @Test("what the reader could not keep is counted, and clearing keeps the counts")
    func counters() {
        let log = LogBuffer()
        log.append([live(1, "a")])
        log.noteDropped(7)
        log.clear()
        #expect(log.counters.dropped == 7)
        #expect(log.counters.lines == 0)
        #expect(log.counters.heldBytes == 0)
        #expect(log.texts == [])
        log.append([live(1, "a")])
        #expect(log.texts == ["a"])
    }

    @Test("a time is found")
    func byTime() {
        let log = LogBuffer()
        log.append([live(10, "a"), live(20, "b"), live(20, "c"), live(30, "d")])
        #expect(log.snapshot().firstPosition(at: Timestamp(nanoseconds: 15_000_000)) == 1)
        #expect(log.snapshot().firstPosition(at: Timestamp(nanoseconds: 20_000_000)) == 1)
        #expect(log.snapshot().firstPosition(at: Timestamp(nanoseconds: 99_000_000)) == 4)
    }

    @Test("writers and readers on many threads lose nothing")
    func threads() async {
        let log = LogBuffer()
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for round in 0..<500 {
                        log.append([live(Double(round), "w\(writer) \(round)", pod: "web-\(writer)")])
                    }
                }
                group.addTask { for _ in 0..<100 { _ = log.snapshot().texts.count } }
            }
        }
        let times = (0..<log.count).compactMap { log.line(at: $0)?.time }
        #expect(log.count == 2_000)
        #expect(times == times.sorted())
    }
}
