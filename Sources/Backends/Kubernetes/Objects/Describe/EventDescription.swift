import JSON
import Model

/// An event as an object of its own.
enum EventDescription {
    @Sendable static func of(_ object: JSONValue) -> KindDescription {
        var result = KindDescription()
        let event = ObjectEvent.read(object)
        let about = object["involvedObject"] ?? object["regarding"] ?? object
        result.say("Type", object.text("type"), tone: event.isWarning ? .warning : .plain)
        result.say("Reason", event.reason)
        result.say("Message", event.message)
        result.say("About", "\(about.text("kind")) \(about.text("name")) \(about.text("fieldPath"))")
        result.say("Source", event.source)
        result.say("Count", "\(event.count)")
        result.say("First seen", event.firstSeen.rfc3339)
        result.say("Last seen", event.lastSeen.rfc3339)
        let namespace = about.text("namespace")
        result.link("about", about.text("kind"), namespace.isEmpty ? nil : namespace, about.text("name"))
        return result
    }
}
