import Model
import Testing

struct TimestampTextTests {
    @Test(
        "a time that is written is read back the same",
        arguments: ["1970-01-01T00:00:00Z", "2000-02-29T23:59:59Z", "1969-12-31T23:59:59Z", "2100-03-01T00:00:00Z"])
    func roundTrip(text: String) {
        #expect(Timestamp(rfc3339: text)?.rfc3339 == text)
    }
}
