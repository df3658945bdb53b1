import Backends
import Foundation
import JSON

/// The audit file read back, oldest first.
public struct AuditStory: Sendable {
    public struct Line: Sendable {
        public let time: String
        /// The person at the machine and, behind it, the user the server knew.
        public let person: String
        public let environment: String
        public let event: String
        public let action: String
        public let objects: String
        public let answer: String
        /// The line as it stands in the file.
        public let json: String
    }

    public let lines: [Line]

    /// Reads the file in the person's state folder; one that is not there has no lines. Throws `PlainFailure`.
    public init(folder: URL) throws {
        let file = AuditFile(folder: folder).url
        guard FileManager.default.fileExists(atPath: file.path) else {
            lines = []
            return
        }
        guard let data = FileManager.default.contents(atPath: file.path) else {
            throw PlainFailure(.other, "\(file.path) cannot be read")
        }
        // A line that a full disk cut short is no JSON, and passed over.
        lines = data.split(separator: UInt8(ascii: "\n")).compactMap { bytes in
            (try? JSONValue.parse(Array(bytes))).map { Line($0, json: String(decoding: bytes, as: UTF8.self)) }
        }
    }
}

extension AuditStory.Line {
    fileprivate init(_ value: JSONValue, json: String) {
        time = value.text("time")
        let (login, user) = (value.text("login"), value.text("user"))
        person = user.isEmpty || user == login ? login : "\(login) as \(user)"
        environment = value.text("environment")
        event = value.text("event")
        action = value.text("action")
        let names = value.list("objects").map { object in
            let namespace = object.text("namespace")
            return "\(object.text("kind"))/\(namespace.isEmpty ? "" : "\(namespace)/")\(object.text("name"))"
        }
        objects =
            names.count > 3
            ? names.prefix(2).joined(separator: ", ") + ", … \(names.count) in all" : names.joined(separator: ", ")
        answer = value.text("answer")
        self.json = json
    }
}
