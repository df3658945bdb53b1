import JSON
import Model

/// A namespace: whether it is there to stay.
enum NamespaceDescription {
    @Sendable static func of(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let phase = object.text("status", "phase")
        result.say("Status", phase, tone: StatusTone.of(phase))
        result.say("Finalizers", object.texts("spec", "finalizers").joined(separator: ", "))
        return result
    }
}
