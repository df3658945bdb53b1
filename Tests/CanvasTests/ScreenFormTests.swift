import Canvas
import Testing

@Suite("What becomes of foreign scalars")
struct ScreenFormTests {
    @Test("printable ASCII takes one column")
    func ascii() { #expect(("~" as Unicode.Scalar).screenForm == .spacing(width: 1)) }

    @Test("an escape is shown as a picture of itself")
    func escape() { #expect(DisplayText.safe("\u{1B}[31mred\u{7}") == "␛[31mred␇") }

    @Test("an 8-bit control sequence introducer is replaced")
    func c1() { #expect(DisplayText.safe("\u{9B}31m") == "\u{FFFD}31m") }

    @Test("an override of the writing direction is replaced")
    func bidi() { #expect(DisplayText.safe("a\u{202E}b\u{2066}c") == "a\u{FFFD}b\u{FFFD}c") }

    @Test("what may stay, stays")
    func keeping() { #expect(DisplayText.safe("a\n\tb\r", keeping: ["\n", "\t"]) == "a\n\tb␍") }
}
