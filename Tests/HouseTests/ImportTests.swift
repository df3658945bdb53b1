import Foundation
import Testing

/// The directions between targets, read from every import line: SwiftPM lets a transitive import through, this does not.
struct ImportTests {
    /// Own targets that each target may import, as ARCHITECTURE.md draws it.
    private static let allowed: [String: Set<String>] = [
        "Canvas": [], "Model": [], "HTTP": [], "CSimdJSON": [],
        "NcursesTerminal": ["Canvas", "CNcurses"],
        "JSON": ["CSimdJSON"],
        "Pattern": ["CPCRE2"],
        "CurlHTTP": ["HTTP", "CCurl"],
        "HTTPTesting": ["HTTP"],
        "TestSupport": ["Canvas"],
        "Backends": ["HTTP", "JSON", "Model", "CZlib"],
        "LogBuffer": ["Pattern", "Model"],
        "TerminalScreen": ["Canvas", "Model"],
        "Core": ["Backends", "LogBuffer", "TerminalScreen", "Pattern", "HTTP", "JSON", "Model"],
        "PaneKit": ["Canvas", "Model", "Pattern"],
        "Panes": ["PaneKit", "LogBuffer", "TerminalScreen", "Canvas", "Model"],
        "Console": ["PaneKit", "Canvas", "Model", "Pattern"],
        "Simulator": ["CZlib"],
        "midwatch": [
            "Console", "Panes", "PaneKit", "NcursesTerminal", "CurlHTTP", "HTTP", "Canvas", "Simulator", "Core",
            "Model",
        ],
    ]

    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("no target imports another than the architecture allows")
    func directions() throws {
        let targets = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        let own = Set(targets)
        var wrong: [String] = []
        for target in targets {
            for (file, module) in try Self.imports(of: target) where own.contains(module) && module != target {
                if Self.allowed[target]?.contains(module) != true { wrong.append("\(file) imports \(module)") }
            }
        }
        #expect(wrong.sorted() == [])
    }

    @Test("every target stands in the table of directions")
    func everyTarget() throws {
        let targets = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        let headersOnly: Set = ["CNcurses", "CCurl", "CPCRE2", "CZlib"]
        #expect(Set(targets).subtracting(headersOnly).subtracting(Self.allowed.keys) == [])
    }

    @Test("the reader of import lines sees attributes, access levels and submodules")
    func reader() {
        let text =
            "import A\n@testable import B\ninternal import C\nimport struct D.Thing\n  import E\n// import F\nlet x = 1\n"
        #expect(Self.modules(in: text) == ["A", "B", "C", "D", "E"])
    }

    @Test("unchecked sendability stays in the terminal, the transport and the façades over C")
    func uncheckedSendability() throws {
        let rooms: Set = ["NcursesTerminal", "CurlHTTP", "JSON", "Pattern"]
        let targets = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        var wrong: [String] = []
        for target in targets where !rooms.contains(target) {
            for file in try Self.files(of: target) {
                let text = try String(contentsOf: file, encoding: .utf8)
                if text.contains("@unchecked Sendable") || text.contains("nonisolated(unsafe)") {
                    wrong.append("\(target)/\(file.lastPathComponent)")
                }
            }
        }
        #expect(wrong.sorted() == [])
    }

    private static func files(of target: String) throws -> [URL] {
        let folder = root.appending(path: "Sources/\(target)")
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        return all.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    }

    private static func imports(of target: String) throws -> [(file: String, module: String)] {
        try files(of: target).flatMap { file in
            modules(in: try String(contentsOf: file, encoding: .utf8)).map {
                ("\(target)/\(file.lastPathComponent)", $0)
            }
        }
    }

    static func modules(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            var words = line.split(separator: " ")[...]
            while let word = words.first, word.hasPrefix("@") || access.contains(String(word)) { words.removeFirst() }
            guard words.popFirst() == "import" else { return nil }
            if let word = words.first, kinds.contains(String(word)) { words.removeFirst() }
            return words.first.map { String($0.split(separator: ".")[0]) }
        }
    }

    private static let access: Set = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
}
