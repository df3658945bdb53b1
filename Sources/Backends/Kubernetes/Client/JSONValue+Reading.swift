import JSON

/// Short words for reading objects whose every field may be missing.
extension JSONValue {
    /// The value at the end of a path; nil when a part of it is missing.
    package func at(_ keys: [String]) -> JSONValue? {
        var value = self
        for key in keys {
            guard let next = value[key] else { return nil }
            value = next
        }
        return value
    }

    /// A scalar as text; "" when it is missing or no scalar.
    package func text(_ keys: String...) -> String { at(keys)?.scalarText ?? "" }

    package func number(_ keys: String...) -> Int? { at(keys)?.int }

    package func flag(_ keys: String...) -> Bool { at(keys)?.bool ?? false }

    /// The elements of a list; none when it is missing.
    package func list(_ keys: String...) -> [JSONValue] { at(keys).map { Array($0.elements) } ?? [] }

    /// The texts of a list.
    package func texts(_ keys: String...) -> [String] { at(keys)?.elements.compactMap(\.scalarText) ?? [] }

    /// The members of an object by name, in the order of the alphabet.
    package func map(_ keys: String...) -> [(key: String, value: JSONValue)] {
        (at(keys).map { Array($0.members) } ?? []).sorted { $0.key < $1.key }
    }
}
