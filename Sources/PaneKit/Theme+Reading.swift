import Canvas
import Model
import Yams

extension Theme {
    /// Reads a theme file's text; `file` is what errors call it, `name` the theme's name when the text gives none.
    public init(reading text: String, name: String, file: String) throws(ThemeError) {
        var reader = ThemeReader()
        do {
            // The basic resolver: scalars are read as they are written. Yams' default one compiles ICU's expressions,
            // which costs every start some milliseconds and megabytes.
            guard let root = try Yams.compose(yaml: text, .basic) else {
                throw ThemeError(file: file, mistakes: [.init(line: 0, text: "the file is empty")])
            }
            self = reader.read(root, name: name)
        } catch let error as ThemeError {
            throw error
        } catch let error as YamlError {
            throw ThemeError(file: file, mistakes: [ThemeReader.mistake(of: error)])
        } catch {
            throw ThemeError(file: file, mistakes: [.init(line: 0, text: "\(error)")])
        }
        guard reader.mistakes.isEmpty else { throw ThemeError(file: file, mistakes: reader.mistakes) }
    }
}

/// Walks the YAML of one theme and collects every mistake, so that a person corrects them in one go.
private struct ThemeReader {
    var mistakes: [ThemeError.Mistake] = []
    private var colours: [String: Colour] = ThemeReader.named

    static let named: [String: Colour] = {
        let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
        var result: [String: Colour] = ["default": .standard]
        for (number, name) in names.enumerated() {
            result[name] = .named(UInt8(number))
            result["bright-" + name] = .named(UInt8(number + 8))
        }
        return result
    }()

    private static let attributes: [(String, CellStyle.Attributes)] = [
        ("bold", .bold), ("dim", .dim), ("underline", .underline), ("reverse", .reverse), ("italic", .italic),
    ]

    static func mistake(of error: YamlError) -> ThemeError.Mistake {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return .init(line: mark.line, text: "not YAML: \(problem)")
        default:
            return .init(line: 0, text: "not YAML: \(error)")
        }
    }

    mutating func read(_ root: Node, name: String) -> Theme {
        var theme = Theme(name: name, palette: Palette())
        var (roles, grounds): ([Role: TextStyle], [Ground: TextStyle]) = ([:], [:])
        let parts = members(of: root, "a theme", ["name", "summary", "colours", "roles", "grounds"])
        // Colours first: the rest refers to them, wherever they stand.
        if let node = parts["colours"] { readColours(node) }
        for (part, node) in parts {
            switch part {
            case "name": theme.name = node.string ?? name
            case "summary": theme.summary = node.string ?? ""
            case "roles": roles = styles(node, "role", Self.roles)
            case "grounds": grounds = styles(node, "ground", Self.grounds)
            default: break
            }
        }
        theme.palette = Palette(roles: roles, grounds: grounds)
        return theme
    }

    private static let roles = Dictionary(uniqueKeysWithValues: Role.allCases.map { (word("\($0)"), $0) })
    private static let grounds = Dictionary(uniqueKeysWithValues: Ground.allCases.map { (word("\($0)"), $0) })

    /// "inactiveSelection" is written "inactive-selection".
    private static func word(_ name: String) -> String {
        name.map { $0.isUppercase ? "-" + $0.lowercased() : String($0) }.joined()
    }

    private mutating func readColours(_ node: Node) {
        guard let mapping = node.mapping else { return complain(node, "colours must be a mapping of names to colours") }
        for (key, value) in mapping {
            guard let name = key.string else { continue }
            if Self.named[name] != nil { complain(key, "the colour \"\(name)\" has its meaning already") }
            if let colour = colour(value) { colours[name] = colour }
        }
    }

    private mutating func styles<Kind: Hashable>(_ node: Node, _ what: String, _ kinds: [String: Kind])
        -> [Kind: TextStyle]
    {
        var result: [Kind: TextStyle] = [:]
        guard let mapping = node.mapping else {
            complain(node, "\(what)s must be a mapping of \(what)s to styles")
            return result
        }
        for (key, value) in mapping {
            let name = key.string ?? ""
            guard let kind = kinds[name] else {
                complain(key, unknown(what, name, among: kinds.keys.sorted()))
                continue
            }
            result[kind] = style(value)
        }
        return result
    }

    /// A style is a mapping, or only a text colour.
    private mutating func style(_ node: Node) -> TextStyle {
        if node.scalar != nil { return TextStyle(colour(node)) }
        var style = TextStyle()
        let names = ["fg", "bg"] + Self.attributes.map(\.0)
        for (name, value) in members(of: node, "a style", names) {
            switch name {
            case "fg": style.foreground = colour(value)
            case "bg": style.background = colour(value)
            default:
                guard let flag = value.bool else {
                    complain(value, "\(name) must be true or false")
                    continue
                }
                if flag, let attribute = Self.attributes.first(where: { $0.0 == name })?.1 {
                    style.attributes.insert(attribute)
                }
            }
        }
        return style
    }

    /// "#rrggbb", "#rrggbb name" (the name for terminals with sixteen colours), or a name.
    private mutating func colour(_ node: Node) -> Colour? {
        let words = (node.string ?? "").split(separator: " ").map(String.init)
        guard let first = words.first, words.count <= 2 else {
            complain(node, "a colour is written \"#rrggbb\", \"#rrggbb name\" or as a name")
            return nil
        }
        guard first.hasPrefix("#") else {
            guard words.count == 1, let colour = colours[first] else {
                complain(node, unknown("colour", words.joined(separator: " "), among: colours.keys.sorted()))
                return nil
            }
            return colour
        }
        guard let rgb = RGB(first) else {
            complain(node, "\"\(DisplayText.safe(first))\" is no colour; six hexadecimal digits follow the #")
            return nil
        }
        guard words.count == 2 else { return .rgb(rgb, named: nil) }
        switch Self.named[words[1]] {
        case .named(let number): return .rgb(rgb, named: Int8(number))
        case .standard: return .rgb(rgb, named: -1)
        case .rgb, nil:
            complain(node, unknown("terminal colour", words[1], among: Self.named.keys.sorted()))
            return nil
        }
    }

    private mutating func members(of node: Node, _ what: String, _ known: [String]) -> [(String, Node)] {
        guard let mapping = node.mapping else {
            complain(node, "\(what) must be a mapping")
            return []
        }
        return mapping.compactMap { key, value in
            let name = key.string ?? ""
            guard known.contains(name) else {
                complain(key, unknown("key of \(what)", name, among: known))
                return nil
            }
            return (name, value)
        }
    }

    private func unknown(_ what: String, _ name: String, among words: [String]) -> String {
        let shown = "no \(what) is called \"\(DisplayText.safe(name))\""
        return closestWord(to: name, among: words).map { "\(shown); did you mean \"\($0)\"?" } ?? shown
    }

    private mutating func complain(_ node: Node, _ text: String) {
        mistakes.append(.init(line: node.mark?.line ?? 0, text: text))
    }
}

extension [(String, Node)] {
    fileprivate subscript(name: String) -> Node? { first { $0.0 == name }?.1 }
}
