import Canvas
import Foundation
import Testing

@testable import PaneKit

@Suite("Themes")
struct ThemeTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("themes").path

    @Test("each theme that is shipped can be read", arguments: ThemeTexts.builtIn.map(\.name))
    func shipped(_ name: String) throws {
        let theme = try ThemeLibrary(folders: [Self.folder]).theme(named: name)
        #expect(theme.name == name)
        #expect(!theme.summary.isEmpty)
    }

    @Test("the texts inside the program are those of the files", arguments: ThemeTexts.builtIn.map(\.name))
    func builtIn(_ name: String) throws {
        let file = try String(contentsOfFile: "\(Self.folder)/\(name).yaml", encoding: .utf8)
        #expect(ThemeTexts.builtIn.first { $0.name == name }?.text == file)
    }

    @Test("every file under themes is inside the program")
    func complete() { #expect(Set(ThemeLibrary(folders: [Self.folder]).names) == Set(ThemeTexts.builtIn.map(\.name))) }
}
