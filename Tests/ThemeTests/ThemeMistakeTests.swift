import Canvas
import Testing

@testable import PaneKit

@Suite("Mistakes in a theme file")
struct ThemeMistakeTests {
    private func problem(_ text: String) -> String? {
        do {
            _ = try Theme(reading: text, name: "mine", file: "mine.yaml")
            return nil
        } catch {
            return error.description
        }
    }

    @Test("an unknown role gets the nearest known one")
    func role() {
        #expect(
            problem("roles:\n  text: red\n  critcal: red")
                == #"mine.yaml:3: no role is called "critcal"; did you mean "critical"?"#)
    }

    @Test("so does an unknown ground")
    func ground() {
        #expect(
            problem("grounds:\n  inactiveselection: { bg: red }")
                == #"mine.yaml:2: no ground is called "inactiveselection"; did you mean "inactive-selection"?"#)
    }

    @Test("so does an unknown colour") func colour() {
        #expect(
            problem("roles:\n  text: { fg: bleu }") == #"mine.yaml:2: no colour is called "bleu"; did you mean "blue"?"#
        )
    }

    @Test("so does an unknown key of a style") func key() {
        #expect(problem("roles:\n  text: { fore: red }") == #"mine.yaml:2: no key of a style is called "fore""#)
    }

    @Test("so does an unknown key at the top") func top() {
        #expect(
            problem("role:\n  text: red") == #"mine.yaml:1: no key of a theme is called "role"; did you mean "roles"?"#)
    }

    @Test("a colour that is none") func hex() {
        #expect(
            problem("roles:\n  text: \"#12345\"")
                == ##"mine.yaml:2: "#12345" is no colour; six hexadecimal digits follow the #"##)
    }

    @Test("an attribute that is neither true nor false") func flag() {
        #expect(problem("roles:\n  text: { bold: perhaps }") == "mine.yaml:2: bold must be true or false")
    }

    @Test("broken YAML") func yaml() {
        #expect(problem("roles: {\n  text: red\n")?.hasPrefix("mine.yaml:3: not YAML: ") == true)
    }

    @Test("an empty file") func empty() { #expect(problem("") == "mine.yaml: the file is empty") }

    @Test("all mistakes are told at once") func all() {
        #expect(problem("roles:\n  texte: red\n  links: blue")?.split(separator: "\n").count == 2)
    }

    @Test("a theme that is not there gets the nearest name")
    func missing() {
        #expect(throws: ThemeError.self) { try ThemeLibrary(folders: []).theme(named: "darkk") }
        do { _ = try ThemeLibrary(folders: []).theme(named: "darkk") } catch {
            #expect(
                error.description
                    == #"themes: no theme is called "darkk"; did you mean "dark"? (there are dark, light, high-contrast, colour-blind, mono)"#
            )
        }
    }
}

@Suite("What a theme file says")
struct ThemeReadingTests {
    @Test("colours by number, by name, and by a name of the file's own")
    func colours() throws {
        let theme = try Theme(
            reading: """
                name: mine
                summary: for tests
                roles:
                  text: ink
                  critical: { fg: bright-red, bg: "#010203", bold: true, underline: false }
                  muted: { dim: true }
                grounds:
                  danger-bar: { bg: default }
                colours: { ink: "#aabbcc bright-white" }
                """, name: "x", file: "x.yaml")
        #expect(theme.name == "mine" && theme.summary == "for tests")
        #expect(theme.palette[.text] == TextStyle(.rgb(RGB(0xAA, 0xBB, 0xCC), named: 15)))
        #expect(theme.palette[.critical] == TextStyle(.named(9), on: .rgb(RGB(1, 2, 3), named: nil), .bold))
        #expect(theme.palette[.muted] == TextStyle(nil, on: nil, .dim))
        #expect(theme.palette[.dangerBar] == TextStyle(nil, on: .standard))
    }

    @Test("mono has no colours, and the others tell states by more than one hue")
    func mono() throws {
        #expect(try !ThemeLibrary(folders: []).theme(named: "mono").palette.hasColours)
        #expect(try ThemeLibrary(folders: []).theme(named: "colour-blind").palette.hasColours)
    }
}
