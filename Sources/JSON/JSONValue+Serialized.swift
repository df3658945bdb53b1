extension JSONValue {
    /// The JSON text of this value and all below it, with two spaces a level when `pretty`, keys by their bytes when `sorted`.
    public func serialized(pretty: Bool = false, sorted: Bool = false) -> [UInt8] {
        var writer = Writer(pretty: pretty, sorted: sorted)
        writer.append(self, depth: 0)
        return writer.out
    }

    private struct Writer {
        let pretty: Bool
        let sorted: Bool
        var out: [UInt8] = []

        mutating func append(_ value: JSONValue, depth: Int) {
            switch value.kind {
            case .object: appendObject(value, depth: depth)
            case .array: appendArray(value, depth: depth)
            case .string: JSONText.append(string: value.document.string(at: value.index), to: &out)
            case .number: appendNumber(value)
            case .bool: out.append(contentsOf: (value.bool == true ? "true" : "false").utf8)
            case .null: out.append(contentsOf: "null".utf8)
            }
        }

        // A double stays one, so that what is read back has the same kind.
        private mutating func appendNumber(_ value: JSONValue) {
            if value.document.tag(at: value.index) == Tape.double, let double = value.double {
                JSONText.append(double: double, to: &out)
            } else {
                out.append(contentsOf: (value.scalarText ?? "null").utf8)
            }
        }

        private mutating func appendArray(_ value: JSONValue, depth: Int) {
            out.append(UInt8(ascii: "["))
            var first = true
            for element in value.elements {
                separate(&first, depth: depth + 1)
                append(element, depth: depth + 1)
            }
            close(with: UInt8(ascii: "]"), empty: first, depth: depth)
        }

        private mutating func appendObject(_ value: JSONValue, depth: Int) {
            let document = value.document
            var keys: [Int] = []
            var at = value.index + 1
            let end = document.end(of: value.index) - 1
            while at < end {
                keys.append(at)
                at = document.end(of: at + 1)
            }
            if sorted { keys.sort { document.string(at: $0).lexicographicallyPrecedes(document.string(at: $1)) } }
            out.append(UInt8(ascii: "{"))
            var first = true
            for key in keys {
                separate(&first, depth: depth + 1)
                JSONText.append(string: document.string(at: key), to: &out)
                out.append(UInt8(ascii: ":"))
                if pretty { out.append(UInt8(ascii: " ")) }
                append(JSONValue(document: document, index: key + 1), depth: depth + 1)
            }
            close(with: UInt8(ascii: "}"), empty: first, depth: depth)
        }

        private mutating func separate(_ first: inout Bool, depth: Int) {
            if !first { out.append(UInt8(ascii: ",")) }
            first = false
            breakLine(depth: depth)
        }

        private mutating func close(with bracket: UInt8, empty: Bool, depth: Int) {
            if !empty { breakLine(depth: depth) }
            out.append(bracket)
        }

        private mutating func breakLine(depth: Int) {
            guard pretty else { return }
            out.append(UInt8(ascii: "\n"))
            out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
        }
    }
}
