import Yams

/// The body of a write as a tree, from any of the forms a client may send it in.
struct WriteBody: Sendable {
    /// What a body may say it is; `patch…` forms go with PATCH only.
    enum Form: String, Sendable {
        case json = "application/json"
        case yaml = "application/yaml"
        case protobuf = "application/vnd.kubernetes.protobuf"
        case jsonPatch = "application/json-patch+json"
        case mergePatch = "application/merge-patch+json"
        case strategicPatch = "application/strategic-merge-patch+json"
        case apply = "application/apply-patch+yaml"
    }

    static func form(_ request: SimRequest) -> Form? {
        guard let header = request.header("content-type") else { return .json }
        return Form(rawValue: header.split(separator: ";").first.map(String.init) ?? "")
    }

    /// The tree of a whole object or of options.
    static func object(_ request: SimRequest, kind: String) throws(APIStatus) -> SimJSON {
        switch form(request) {
        case .json: return try json(request.body, kind: kind)
        case .yaml: return try yaml(request.body, kind: kind)
        case .protobuf:
            guard let json = KubeProtobuf.object(request.body) else { throw .unsupportedMediaType }
            return json
        default: throw .unsupportedMediaType
        }
    }

    /// A body of JSON whatever its header says.
    static func json(_ body: [UInt8], kind: String) throws(APIStatus) -> SimJSON {
        do {
            return try SimJSON(parsing: body)
        } catch {
            throw .badRequest(
                "the object provided is unrecognized (must be of type \(kind)): couldn't get version/kind; json parse "
                    + "error: \(problem(error, body)) (\(summary(body)))")
        }
    }

    /// A body of YAML, which JSON is a part of.
    static func yaml(_ body: [UInt8], kind: String) throws(APIStatus) -> SimJSON {
        do {
            return try SimJSON(yaml: String(decoding: body, as: UTF8.self))
        } catch {
            throw .badRequest("error converting YAML to JSON: yaml: \(error)")
        }
    }

    /// What Go's decoder says of broken JSON.
    static func problem(_ error: SimJSONError, _ body: [UInt8]) -> String {
        guard error.offset < body.count else { return "unexpected end of JSON input" }
        let character = Character(Unicode.Scalar(body[error.offset]))
        return "invalid character '\(character)' looking for beginning of value"
    }

    private static func summary(_ body: [UInt8]) -> String {
        guard let first = body.first else { return "<empty>" }
        let most = 1024
        let end = body.count > most ? " ..." : ""
        guard first == UInt8(ascii: "{") else {
            return body.prefix(most).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() + end
        }
        return String(decoding: body.prefix(most), as: UTF8.self) + end
    }
}

extension SimJSON {
    /// Reads one YAML document; keys keep their order. An empty text is null.
    init(yaml text: String) throws {
        guard let node = try Yams.compose(yaml: text) else {
            self = .null
            return
        }
        self.init(node)
    }

    private init(_ node: Node) {
        switch node {
        case .mapping(let mapping):
            var object = SimObject()
            for (key, value) in mapping { object[key.scalar?.string ?? ""] = SimJSON(value) }
            self = .object(object)
        case .sequence(let items): self = .array(items.map { SimJSON($0) })
        case .scalar(let scalar):
            switch node.tag {
            case Tag(.null): self = .null
            case Tag(.bool): self = .bool(node.bool ?? false)
            case Tag(.int): self = node.int.map { .int($0) } ?? .string(scalar.string)
            case Tag(.float): self = node.float.map { .double($0) } ?? .string(scalar.string)
            default: self = .string(scalar.string)
            }
        case .alias: self = .null
        }
    }
}
