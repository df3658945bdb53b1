import Model
import Testing

struct AgeTests {
    @Test(
        "an age is written as kubectl writes it, at each border of its rules",
        arguments: [
            (-2, "<invalid>"), (-1.999, "0s"), (0, "0s"), (0.999, "0s"), (119.999, "119s"), (120, "2m"), (121, "2m1s"),
            (599.999, "9m59s"), (600, "10m"), (601, "10m"), (10_799.9, "179m"), (10_800, "3h"), (10_860, "3h1m"),
            (28_799.9, "7h59m"), (28_800, "8h"), (32_340, "8h"), (172_799.9, "47h"), (172_800, "2d"),
            (176_400, "2d1h"), (691_199.9, "7d23h"), (691_200, "8d"), (774_000, "8d"), (63_071_999.9, "729d"),
            (63_072_000, "2y"), (63_158_400, "2y1d"), (94_608_000, "3y"), (252_287_999.9, "7y364d"),
            (252_288_000, "8y"), (283_737_600, "8y"), (283_824_000, "9y"), (.infinity, "<invalid>"),
            (.nan, "<invalid>"),
        ] as [(Double, String)])
    func text(seconds: Double, text: String) {
        #expect(Age.text(seconds) == text)
    }
}
