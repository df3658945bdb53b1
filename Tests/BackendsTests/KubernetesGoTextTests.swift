import Testing

@testable import Backends

struct KubernetesGoTextTests {
    @Test(
        "a float is written as Go writes it",
        arguments: [
            (1.5, "1.5"), (0.0, "0"), (-2.25, "-2.25"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
            (0.0001, "0.0001"), (0.00001, "1e-05"), (1.25e-7, "1.25e-07"), (123456789.125, "123456789.125"),
            (3.0, "3"),
        ])
    func floats(value: Double, text: String) {
        #expect(GoText.number(value) == text)
    }
}
