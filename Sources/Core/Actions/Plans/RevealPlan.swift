import Backends
import Foundation
import JSON
import Model

/// Shows one value of a secret or a config map for a while.
struct RevealPlan: Sendable {
    /// How long it is shown, in seconds.
    static let seconds = 30.0

    let planning: Planning
    init(_ planning: Planning) { self.planning = planning }

    func draft(_ key: String) throws -> Draft {
        let reference = planning.objects[0]
        var draft = Draft("show \(key) of \(planning.place(Deed("", "object")))", Deed("shown", "value"))
        draft.facts = [.init("written down", "that you looked, never what you saw")]
        draft.steps = [
            Step(reference) { run in
                let text = try Self.text(key, of: try await run.client.rawObject(reference), reference)
                var outcome = StepOutcome("\(key) is shown for \(Int(Self.seconds)) s")
                outcome.revealed = RevealedValue(
                    key: key, text: text, until: Timestamp(seconds: run.pacer.now.seconds + Self.seconds))
                return outcome
            }
        ]
        return draft
    }

    private static func text(_ key: String, of object: JSONValue, _ reference: ObjectReference) throws -> String {
        let isSecret = reference.kind == .secrets
        if let text = object.at([isSecret ? "stringData" : "data"])?[key]?.string { return text }
        guard let encoded = object.at([isSecret ? "data" : "binaryData"])?[key]?.string else {
            let known = (object.map("data") + object.map("binaryData")).map(\.key).joined(separator: ", ")
            throw StepFault("\(reference.shortName) has no key \"\(key)\"; it has \(known)")
        }
        guard let data = Data(base64Encoded: encoded) else {
            throw StepFault("\(key) of \(reference.shortName) is not the base64 that it should be")
        }
        return String(validating: data, as: UTF8.self) ?? "\(data.count) bytes that are no text; in base64: \(encoded)"
    }
}
