import JSON
import Model

/// Any other kind: its members as they are, nested, without what is shown elsewhere.
enum GenericDescription {
    private static let shownElsewhere: Set<String> = ["apiVersion", "kind", "metadata"]

    @Sendable static func of(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        for (key, value) in object.members where !shownElsewhere.contains(key) {
            guard value.kind == .object || value.kind == .array else {
                result.say(key, ObjectFacts.oneLine(value))
                continue
            }
            // Conditions have a section of their own.
            let facts = value.kind == .object ? ObjectFacts.outline(value, without: ["conditions"]) : list(value)
            result.section(key.prefix(1).uppercased() + key.dropFirst(), facts)
        }
        return result
    }

    private static func list(_ value: JSONValue) -> [ObjectDocument.Fact] {
        value.elements.prefix(200).map { .init("-", ObjectFacts.oneLine($0)) }
    }
}
