import Canvas
import Foundation
import Model

/// The themes a person can name: their own, those installed beside the program, and those inside it.
public struct ThemeLibrary: Sendable {
    /// Where theme files are looked for, the first winning.
    public var folders: [String]

    public init(folders: [String]) { self.folders = folders }

    /// The person's folder, then `share/midwatch/themes` beside the folder of the program.
    public init(environment: [String: String], program: String) {
        var folders: [String] = []
        if let own = environment["XDG_CONFIG_HOME"].flatMap({ $0.hasPrefix("/") ? $0 : nil })
            ?? environment["HOME"].map({ $0 + "/.config" })
        {
            folders.append(own + "/midwatch/themes")
        }
        let prefix = URL(fileURLWithPath: program).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent()
        folders.append(prefix.appendingPathComponent("share/midwatch/themes").path)
        self.folders = folders
    }

    /// A theme by name, or by the path of its file when the name holds a slash.
    public func theme(named name: String) throws(ThemeError) -> Theme {
        if name.contains("/") {
            return try read(name, name: URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent)
        }
        for folder in folders {
            let path = "\(folder)/\(name).yaml"
            if FileManager.default.fileExists(atPath: path) { return try read(path, name: name) }
        }
        if let text = ThemeTexts.builtIn.first(where: { $0.name == name })?.text {
            return try Theme(reading: text, name: name, file: "\(name).yaml (built in)")
        }
        let near = closestWord(to: name, among: names).map { "; did you mean \"\($0)\"?" } ?? ""
        let known = names.joined(separator: ", ")
        throw ThemeError(
            file: "themes",
            mistakes: [
                .init(line: 0, text: "no theme is called \"\(DisplayText.safe(name))\"\(near) (there are \(known))")
            ])
    }

    /// The names of all themes, those inside the program first.
    public var names: [String] {
        var names = ThemeTexts.builtIn.map(\.name)
        for folder in folders {
            // A folder that is not there holds no themes.
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            let found = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
            names += found.filter { !names.contains($0) }
        }
        return names
    }

    private func read(_ path: String, name: String) throws(ThemeError) -> Theme {
        let text: String
        do {
            text = try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw ThemeError(file: path, mistakes: [.init(line: 0, text: "the file cannot be read as UTF-8 text")])
        }
        return try Theme(reading: text, name: name, file: path)
    }
}
