import Model
import PaneKit
import Testing

struct FigureTests {
    @Test("durations are short and have their unit")
    func durations() {
        #expect(Figure.duration(0.085) == "85 ms")
        #expect(Figure.duration(1.24) == "1.2 s")
        #expect(Figure.duration(192) == "3m12s")
        #expect(Figure.duration(7500) == "2h05m")
        #expect(Figure.duration(90_000) == "1d01h")
    }

    @Test("byte counts are short and have their unit")
    func bytes() {
        #expect(Figure.bytes(48) == "48 B")
        #expect(Figure.bytes(1_600_000) == "1.6 MB")
        #expect(Figure.bytes(22_700_000) == "23 MB")
    }

    @Test("counts have their thousands apart")
    func counts() {
        #expect(Figure.count(1_234_567) == "1,234,567")
        #expect(Figure.count(-12) == "-12")
    }

    @Test("times of day are UTC with milliseconds")
    func clock() { #expect(Clock.time(Timestamp(nanoseconds: 1_795_353_462_500_000_000)) == "13:17:42.500") }
}
