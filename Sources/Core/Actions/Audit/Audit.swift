import Backends
import Model

/// Writes the story of this run: one line before a change, one after it.
struct Audit: Sendable {
    /// nil where there is no state folder: nothing can be kept.
    let file: (any AuditWriting)?
    let person: AuditPerson
    /// Sets this run's action numbers apart from those of others.
    let run: String
    let pacer: any Pacer

    init(_ file: (any AuditWriting)?, person: AuditPerson = .ofThisProcess(), run: String, pacer: any Pacer) {
        self.file = file
        self.person = person
        self.run = run
        self.pacer = pacer
    }

    func entry(_ event: AuditEntry.Event, _ environment: EnvironmentInfo, _ id: ActionID? = nil) -> AuditEntry {
        var entry = AuditEntry(time: pacer.now, event: event, environment: environment)
        if let id { entry.action = "\(run)-\(id.number)" }
        return entry
    }

    func write(_ entry: AuditEntry) throws(AuditFault) {
        guard let file else {
            throw AuditFault(message: "there is no place for the audit file: neither XDG_STATE_HOME nor HOME is set")
        }
        try file.append(entry.line(person: person))
    }
}
