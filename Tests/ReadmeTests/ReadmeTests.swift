import Console
import Foundation
import Panes
import Testing

struct ReadmeTests {
    private static let text: String = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        // A README that cannot be read fails every test here.
        return (try? String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)) ?? ""
    }()

    @Test("the README's key table is what the program prints")
    func keys() {
        let start = Self.text.range(of: "<!-- keys -->\n")
        let end = Self.text.range(of: "\n<!-- keys end -->")
        guard let start, let end else {
            Issue.record("the README has no key table")
            return
        }
        #expect(Self.text[start.upperBound..<end.lowerBound] == KeyTable(panes: AllPanes.descriptors).markdown)
    }
}
