import JSON

/// Writes a parsed object as `kubectl get -o yaml` does: keys sorted, lists at their key's own indentation.
struct YAMLWriter {
    /// Asked for each member with the path of keys above it (list positions are no part of it).
    enum Treatment {
        case write
        case leaveOut
        /// Writes these plain words in the value's place.
        case replace(String)
    }

    private var out = ""
    private var path: [String] = []
    private let treatment: ([String], JSONValue) -> Treatment

    init(_ treatment: @escaping (_ path: [String], JSONValue) -> Treatment = { _, _ in .write }) {
        self.treatment = treatment
    }

    mutating func text(_ value: JSONValue) -> String {
        out = ""
        switch value.kind {
        case .object where !isEmpty(value): object(value, indent: 0)
        case .array where value.count > 0: array(value, indent: 0)
        default: scalar(value, indent: 0)
        }
        return out
    }

    /// Members from where the line stands now; the caller has written the first indentation.
    private mutating func object(_ value: JSONValue, indent: Int) {
        var isFirst = true
        for (key, member) in value.members.sorted(by: { YAMLKeyOrder.precedes($0.key, $1.key) }) {
            path.append(key)
            defer { path.removeLast() }
            let treatment = treatment(path, member)
            if case .leaveOut = treatment { continue }
            if !isFirst { newline(indent) }
            isFirst = false
            writeKey(key, indent)
            if case .replace(let text) = treatment {
                out += " \(text)\n"
            } else {
                self.member(member, indent: indent)
            }
        }
    }

    private mutating func writeKey(_ key: String, _ indent: Int) {
        // A key that is too long to be seen as one is announced.
        if key.utf8.count > 128 {
            out += "? \(written(key: key))\n"
            newline(indent)
            out += ":"
        } else {
            out += written(key: key) + ":"
        }
    }

    private mutating func member(_ value: JSONValue, indent: Int) {
        switch value.kind {
        case .object where !isEmpty(value):
            out += "\n"
            newline(indent + 2)
            object(value, indent: indent + 2)
        case .array where value.count > 0:
            out += "\n"
            newline(indent)
            array(value, indent: indent)
        default:
            out += " "
            scalar(value, indent: indent + 2)
        }
    }

    private mutating func array(_ value: JSONValue, indent: Int) {
        for (index, element) in value.elements.enumerated() {
            if index > 0 { newline(indent) }
            out += "- "
            switch element.kind {
            case .object where !isEmpty(element): object(element, indent: indent + 2)
            case .array where element.count > 0: array(element, indent: indent + 2)
            default: scalar(element, indent: indent + 2)
            }
        }
    }

    private mutating func scalar(_ value: JSONValue, indent: Int) {
        switch value.kind {
        case .object: out += "{}\n"
        case .array: out += "[]\n"
        case .null: out += "null\n"
        case .string: string(value.string ?? "", indent)
        default: out += GoText.scalar(value) + "\n"
        }
    }

    private mutating func string(_ text: String, _ indent: Int) {
        let style = YAMLScalar.style(text, isKey: false)
        guard style == .literal else {
            out += YAMLScalar.folded(text, style, column: column, indent: indent) + "\n"
            return
        }
        out += YAMLScalar.blockHeader(text) + "\n"
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if text.hasSuffix("\n") { lines.removeLast() }
        for line in lines {
            if !line.isEmpty { out += String(repeating: " ", count: max(indent, 2)) + line }
            out += "\n"
        }
    }

    /// How many characters the line that is being written has so far.
    private var column: Int { out.unicodeScalars.reversed().prefix { $0 != "\n" }.count }

    private func written(key text: String) -> String {
        switch YAMLScalar.style(text, isKey: true) {
        case .plain: text
        case .single: YAMLScalar.singleQuoted(text)
        case .double, .literal: YAMLScalar.doubleQuoted(text)
        }
    }

    /// An object whose members are all left out is written as an empty one.
    private func isEmpty(_ value: JSONValue) -> Bool {
        !value.members.contains { key, member in
            if case .leaveOut = treatment(path + [key], member) { false } else { true }
        }
    }

    private mutating func newline(_ indent: Int) { out += String(repeating: " ", count: indent) }
}

/// The order of keys in go-yaml: digits before letters, runs of digits by their value.
enum YAMLKeyOrder {
    static func precedes(_ a: String, _ b: String) -> Bool {
        let (left, right) = (Array(a.unicodeScalars), Array(b.unicodeScalars))
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            let (isLeft, isRight) = (left[index].properties.isAlphabetic, right[index].properties.isAlphabetic)
            if isLeft && isRight { return left[index] < right[index] }
            if isLeft || isRight { return isRight }
            let (a, aEnd) = number(left, index, other: right)
            let (b, bEnd) = number(right, index, other: left)
            if a != b { return a < b }
            if aEnd != bEnd { return aEnd < bEnd }
            return left[index] < right[index]
        }
        return left.count < right.count
    }

    /// The number that begins at a position; where a zero stands, digits before it make it count as one digit more.
    private static func number(
        _ scalars: [Unicode.Scalar], _ start: Int, other: [Unicode.Scalar]
    ) -> (value: Int, end: Int) {
        var value = 0
        if scalars[start] == "0" || other[start] == "0" {
            let before = scalars[..<start].reversed().prefix { ("0"..."9").contains($0) }
            if before.contains(where: { $0 != "0" }) { value = 1 }
        }
        var end = start
        while end < scalars.count, ("0"..."9").contains(scalars[end]) {
            value = value &* 10 &+ Int(scalars[end].value - 48)
            end += 1
        }
        return (value, end)
    }
}
