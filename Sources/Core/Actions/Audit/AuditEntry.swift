import JSON
import Model

/// One line of the audit file: what a person did, or began to do. Never a secret's value.
struct AuditEntry: Sendable {
    enum Event: String, Sendable {
        /// Before the first request.
        case begin
        case end
        case lift
        case reveal
        case sessionOpened = "session-opened"
        case sessionEnded = "session-ended"
    }

    var time: Timestamp
    var event: Event
    /// The same on all lines of one action; "" for what belongs to none.
    var action = ""
    var environment: EnvironmentInfo
    /// "restart", "scale to 3".
    var words = ""
    var objects: [ObjectReference] = []
    /// "typed", "enter", "none"; nil where nothing was asked.
    var confirmed: String?
    /// Until when read-only was lifted, when it was.
    var liftedUntil: Timestamp?
    /// How it ended, in one sentence.
    var answer: String?
    var results: [Result] = []

    /// What became of one object.
    struct Result: Sendable {
        var object: String
        /// "done", "failed", "unknown", "skipped".
        var state: String
        var answer: String
        var changes: [FieldChange]
    }

    func line(person: AuditPerson) -> [UInt8] {
        var members: [(key: String, value: JSONLiteral)] = [
            ("time", .string(time.rfc3339)), ("event", .string(event.rawValue)),
        ]
        if !action.isEmpty { members.append(("id", .string(action))) }
        members += [
            ("user", .string(environment.user)), ("login", .string(person.login)), ("host", .string(person.host)),
            ("environment", .string(environment.id.name)), ("server", .string(environment.server)),
        ]
        if environment.isProtected { members.append(("protected", true)) }
        if !words.isEmpty { members.append(("action", .string(words))) }
        if !objects.isEmpty { members.append(("objects", .array(objects.map(Self.literal)))) }
        if let confirmed { members.append(("confirmed", .string(confirmed))) }
        if let liftedUntil { members.append(("readOnlyLiftedUntil", .string(liftedUntil.rfc3339))) }
        if let answer { members.append(("answer", .string(answer))) }
        if !results.isEmpty { members.append(("results", .array(results.map(Self.literal)))) }
        return JSONLiteral.object(members).bytes + [UInt8(ascii: "\n")]
    }

    private static func literal(_ object: ObjectReference) -> JSONLiteral {
        var members: [(key: String, value: JSONLiteral)] = [("kind", .string(object.kind.qualifiedName))]
        if let namespace = object.namespace { members.append(("namespace", .string(namespace))) }
        members.append(("name", .string(object.name)))
        if !object.uid.isEmpty { members.append(("uid", .string(object.uid))) }
        return .object(members)
    }

    private static func literal(_ result: Result) -> JSONLiteral {
        var members: [(key: String, value: JSONLiteral)] = [
            ("object", .string(result.object)), ("state", .string(result.state)), ("answer", .string(result.answer)),
        ]
        if !result.changes.isEmpty {
            members.append(
                ("before", .object(result.changes.map { ($0.field, $0.before.map { .string($0) } ?? .null) })))
            members.append(("after", .object(result.changes.map { ($0.field, $0.after.map { .string($0) } ?? .null) })))
        }
        return .object(members)
    }
}

/// One field that an action changed, for the audit file; nil where there was, or is, none. Never a secret's value.
struct FieldChange: Sendable, Equatable {
    var field: String
    var before: String?
    var after: String?
    init(_ field: String, _ before: String?, _ after: String?) {
        self.field = field
        self.before = before
        self.after = after
    }
}
