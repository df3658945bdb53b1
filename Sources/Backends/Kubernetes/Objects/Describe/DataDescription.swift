import JSON
import Model

/// Config maps with their texts, secrets with the sizes of theirs.
enum DataDescription {
    private static let mostLines = 100

    @Sendable static func configMap(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        if object.flag("immutable") { result.say("Immutable", "yes") }
        var facts: [ObjectDocument.Fact] = []
        for (key, value) in object.map("data") { facts += text(key, value.string ?? "") }
        for (key, value) in object.map("binaryData") {
            facts.append(.init(key, "\(Base64Size.bytes(value.string ?? "")) bytes, binary"))
        }
        result.section("Data", facts)
        return result
    }

    private static func text(_ key: String, _ text: String) -> [ObjectDocument.Fact] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if text.hasSuffix("\n") { lines.removeLast() }
        guard lines.count > 1 else { return [.init(key, text)] }
        let shown = lines.prefix(mostLines).map { ObjectDocument.Fact("", String($0), depth: 1) }
        let rest = lines.count - shown.count
        let more = rest > 0 ? [ObjectDocument.Fact("", "\(rest) more lines", tone: .muted, depth: 1)] : []
        return [.init(key, "\(text.utf8.count) bytes")] + shown + more
    }

    @Sendable static func secret(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        result.say("Type", object.text("type"))
        if object.flag("immutable") { result.say("Immutable", "yes") }
        let facts = object.map("data").map { key, value in
            ObjectDocument.Fact(key, "\(Base64Size.bytes(value.string ?? "")) bytes, hidden", tone: .muted)
        }
        result.section("Data", facts)
        let account = object.text("metadata", "annotations", "kubernetes.io/service-account.name")
        result.link("service account", "ServiceAccount", object.text("metadata", "namespace"), account)
        return result
    }
}
