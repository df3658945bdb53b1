import Testing

@testable import Core

@Suite("A round trip that wavers")
struct SteadyFigureTests {
    @Test("small changes are not told")
    func still() {
        let figure = SteadyFigure()
        #expect(figure.steady(0.003) == 0.003)
        #expect(figure.steady(0.022) == 0.003)
        #expect(figure.steady(0.001) == 0.003)
    }

    @Test("real ones are, in both directions")
    func news() {
        let figure = SteadyFigure()
        #expect(figure.steady(0.1) == 0.1)
        #expect(figure.steady(0.14) == 0.1)
        #expect(figure.steady(0.2) == 0.2)
        #expect(figure.steady(0.05) == 0.05)
    }
}
