import Model
import Testing

struct TimestampTests {
    @Test("a time in UTC is read to the second")
    func utc() { #expect(Timestamp(rfc3339: "2026-03-01T09:30:05Z")?.nanoseconds == 1_772_357_405_000_000_000) }

    @Test("a fraction is kept to the nanosecond and cut beyond it")
    func fraction() {
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:01.5Z")?.nanoseconds == 1_500_000_000)
        #expect(Timestamp(rfc3339: "1970-01-01T00:00:00.1234567899Z")?.nanoseconds == 123_456_789)
    }

    @Test("an offset is taken away, with and without its colon")
    func offset() {
        #expect(Timestamp(rfc3339: "1970-01-01T02:00:00+02:00") == .zero)
        #expect(Timestamp(rfc3339: "1969-12-31T20:30:00-0330") == .zero)
    }

    @Test("the leap day of a leap year is read, that of another year is not")
    func leapDay() {
        #expect(Timestamp(rfc3339: "2000-02-29T00:00:00Z")?.nanoseconds == 951_782_400_000_000_000)
        #expect(Timestamp(rfc3339: "2100-02-29T00:00:00Z") == nil)
    }

    @Test("what does not fit is the first or the last time there is")
    func saturated() {
        #expect(Timestamp(seconds: .infinity).nanoseconds == .max)
        #expect(Timestamp(seconds: -1e30).nanoseconds == .min)
        #expect(Timestamp(seconds: .nan) == .zero)
        #expect(Timestamp(seconds: -1.5).nanoseconds == -1_500_000_000)
        #expect(Timestamp(milliseconds: .max).nanoseconds == .max)
        #expect(Timestamp(milliseconds: .min).nanoseconds == .min)
        #expect(Timestamp(milliseconds: 1500).nanoseconds == 1_500_000_000)
    }

    @Test("centuries apart are seconds too")
    func centuries() throws {
        let (early, late) = (
            try #require(Timestamp(rfc3339: "1700-01-01T00:00:00Z")),
            try #require(Timestamp(rfc3339: "2200-01-01T00:00:00Z"))
        )
        #expect(late.since(early) == 15_778_454_400)
    }

    @Test("anything else is refused")
    func refused() {
        #expect(Timestamp(rfc3339: "") == nil)
        #expect(Timestamp(rfc3339: "soon") == nil)
        #expect(Timestamp(rfc3339: "2026-03-01T09:30:05") == nil)
        #expect(Timestamp(rfc3339: "2026-03-01T09:30:05.Z") == nil)
        #expect(Timestamp(rfc3339: "2026-13-01T09:30:05Z") == nil)
        #expect(Timestamp(rfc3339: "2026-03-01T09:30:05Z ") == nil)
        #expect(Timestamp(rfc3339: "9999-03-01T09:30:05Z") == nil)
    }
}
