import Testing

@testable import TerminalScreen

struct ScreenBufferTests {
    @Test("each piece that is written makes a new picture")
    func revision() {
        let screen = ScreenBuffer(columns: 80, rows: 24)
        _ = screen.write(Array("a".utf8))
        #expect(screen.revision == 1)
    }
}
