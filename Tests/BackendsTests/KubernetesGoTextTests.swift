import Testing

@testable import Backends

struct KubernetesGoTextTests {
    @Test(
        "a float is written as Go writes it",
        arguments: [
            (1.5, "1.5"), (0.0, "0"), (-2.25, "-2.25"), (1e20, "1e+20"), (123456.5, "123456.5"),
            (1_234_567.5, "1.2345675e+06"), (9_007_199_254_740_992, "9.007199254740992e+15"), (0.0001, "0.0001"),
            (0.00001, "1e-05"), (1.25e-7, "1.25e-07"), (3.0, "3"), (1e100, "1e+100"),
        ])
    func floats(value: Double, text: String) {
        #expect(GoText.number(value) == text)
    }
}
