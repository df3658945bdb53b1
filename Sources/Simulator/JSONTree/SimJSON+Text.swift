import Yams

extension SimJSON {
    /// The value as JSON with two spaces of indentation, as a real API server shows it to curl and browsers.
    var prettyText: String {
        var out: [UInt8] = []
        writePretty(to: &out, depth: 0)
        return String(decoding: out, as: UTF8.self)
    }

    private func writePretty(to out: inout [UInt8], depth: Int) {
        let inner = [UInt8](repeating: 0x20, count: (depth + 1) * 2)
        switch self {
        case .object(let object) where !object.isEmpty:
            out.append(literal: "{\n")
            for (index, member) in object.members.enumerated() {
                if index > 0 { out.append(literal: ",\n") }
                out.append(contentsOf: inner)
                out.append(quoted: member.key)
                out.append(literal: ": ")
                member.value.writePretty(to: &out, depth: depth + 1)
            }
            out.append(UInt8(ascii: "\n"))
            out.append(contentsOf: inner.dropLast(2))
            out.append(UInt8(ascii: "}"))
        case .array(let items) where !items.isEmpty:
            out.append(literal: "[\n")
            for (index, item) in items.enumerated() {
                if index > 0 { out.append(literal: ",\n") }
                out.append(contentsOf: inner)
                item.writePretty(to: &out, depth: depth + 1)
            }
            out.append(UInt8(ascii: "\n"))
            out.append(contentsOf: inner.dropLast(2))
            out.append(UInt8(ascii: "]"))
        default: write(to: &out)
        }
    }

    /// The value as YAML with sorted keys, as a real API server writes it.
    var yamlText: String {
        // A tree of plain nodes always has a text.
        (try? Yams.serialize(node: yamlNode, width: -1, allowUnicode: true)) ?? ""
    }

    private var yamlNode: Node {
        switch self {
        case .null: Node("null", Tag(.null))
        case .bool(let value): Node(value ? "true" : "false", Tag(.bool))
        case .int(let value): Node("\(value)", Tag(.int))
        case .double: Node(text, Tag(.float))
        case .string(let value): Node(value, Tag(.str), Self.style(of: value))
        case .array(let items): Node(items.map(\.yamlNode), Tag(.seq), items.isEmpty ? .flow : .block)
        case .object(let object):
            Node(
                object.members.sorted { $0.key < $1.key }.map { (SimJSON.string($0.key).yamlNode, $0.value.yamlNode) },
                Tag(.map), object.isEmpty ? .flow : .block)
        }
    }

    /// Text that would read as something else is quoted; text of several lines stands as a block.
    private static func style(of text: String) -> Node.Scalar.Style {
        if text.contains("\n") { return text.contains("\t") || text.contains(" \n") ? .doubleQuoted : .literal }
        let isText = Node(text).tag == Tag(.str)
        return text.isEmpty || !isText ? .doubleQuoted : .any
    }
}
