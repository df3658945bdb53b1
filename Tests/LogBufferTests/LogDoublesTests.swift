import Model
import Testing

@testable import LogBuffer

@Suite("Doubles at the seams of a log")
struct LogDoublesTests {
    @Test("lines read again after a broken connection are left out and counted")
    func reread() {
        let log = LogBuffer()
        log.append([live(10.1, "a"), live(10.2, "b"), live(10.3, "b")])
        log.append([live(10.2, "b"), live(10.3, "b"), live(10.4, "c")])
        #expect(log.texts == ["a", "b", "b", "c"])
        #expect(log.counters.doubles == 2)
    }

    @Test("equal texts at different times, or of different pods, are no doubles")
    func different() {
        let log = LogBuffer()
        log.append([live(10.1, "tick"), live(10.2, "tick"), live(10.1, "tick", pod: "web-2")])
        #expect(log.texts == ["tick", "tick", "tick"])
        #expect(log.counters.doubles == 0)
    }

    @Test("history has milliseconds only, and may have lost space at the end")
    func acrossOrigins() {
        let log = LogBuffer()
        log.append([live(10.123_456, "a  \r"), live(12.5, "b")])
        log.prepend([history(9, "older"), history(10, "a"), history(12, "b")])
        #expect(log.texts == ["older", "a  \r", "b"])
        #expect(log.counters.doubles == 2)
    }

    @Test("two equal lines of one millisecond stay two, whichever side has them")
    func twoOfAKind() {
        let log = LogBuffer()
        log.append([live(10.1, "tick"), live(10.2, "tick")])
        log.prepend([history(10, "tick"), history(10, "tick"), history(10, "tick")])
        #expect(log.texts == ["tick", "tick", "tick"])
        #expect(log.counters.doubles == 2)
    }

    @Test("live lines that history already has are left out, when they are read again too")
    func historyFirst() {
        let log = LogBuffer()
        log.prepend([history(10, "a"), history(11, "b")])
        log.append([live(11.7, "b"), live(12, "c")])
        log.append([live(11.7, "b"), live(12, "c"), live(13, "d")])
        #expect(log.texts == ["a", "b", "c", "d"])
        #expect(log.counters.doubles == 3)
    }

    @Test("the last moment that there is can be compared too")
    func endOfTime() {
        let last = Timestamp(nanoseconds: .max)
        let source = LogSource(namespace: "shop", pod: "web-1", container: "app")
        let log = LogBuffer()
        log.append([LogLine(time: last, source: source, origin: .live, text: [97])])
        log.prepend([LogLine(time: last, source: source, origin: .history, text: [97])])
        #expect(log.texts == ["a"])
    }

    @Test("a pipeline's log keeps every line")
    func unsuppressed() {
        let log = LogBuffer(suppressesDoubles: false)
        log.append([live(10, "."), live(10, ".")])
        #expect(log.texts == [".", "."])
    }
}
