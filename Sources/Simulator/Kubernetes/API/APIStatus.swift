/// The `Status` object that a Kubernetes server answers when it refuses, and the few it answers when it does not.
struct APIStatus: Error, Sendable, Equatable {
    var code: Int
    var reason: String?
    var message: String
    var details: SimJSON = .null
    var continueToken: String?
    /// Whether the answer says not to guess its type, as authorization's answers do.
    var isFromAuthorizer = false

    var json: SimJSON {
        var metadata = SimJSON.emptyObject
        if let continueToken { metadata["continue"] = .string(continueToken) }
        return SimJSON.object(
            SimObject([
                ("kind", "Status"), ("apiVersion", "v1"), ("metadata", metadata), ("status", "Failure"),
                ("message", .string(message)), ("reason", SimJSON(reason)), ("details", details), ("code", .int(code)),
            ])
        ).withoutNulls
    }
}

extension APIStatus {
    private static func details(_ resource: APIResource, name: String? = nil) -> SimJSON {
        SimJSON.object(
            SimObject([
                ("name", SimJSON(name)), ("group", resource.group.isEmpty ? .null : .string(resource.group)),
                ("kind", .string(resource.plural)),
            ])
        ).withoutNulls
    }

    static func notFound(_ resource: APIResource, _ name: String) -> APIStatus {
        APIStatus(
            code: 404, reason: "NotFound", message: "\(resource.qualifiedName) \"\(name)\" not found",
            details: details(resource, name: name))
    }

    static let noSuchPath = APIStatus(
        code: 404, reason: "NotFound", message: "the server could not find the requested resource",
        details: .emptyObject)

    static let methodNotAllowed = APIStatus(
        code: 405, reason: "MethodNotAllowed",
        message: "the server does not allow this method on the requested resource", details: .emptyObject)

    static let unauthorized = APIStatus(code: 401, reason: "Unauthorized", message: "Unauthorized")

    static let notAcceptable = APIStatus(
        code: 406, reason: "NotAcceptable",
        message: "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml",
        details: .emptyObject)

    static let unsupportedMediaType = APIStatus(
        code: 415, reason: "UnsupportedMediaType",
        message: "the body of the request was in an unknown format - accepted media types include: "
            + "application/json, application/yaml, application/vnd.kubernetes.protobuf")

    static func badRequest(_ message: String) -> APIStatus {
        APIStatus(code: 400, reason: "BadRequest", message: message)
    }

    static func forbidden(_ request: AccessRequest, user: String) -> APIStatus {
        let qualified = request.group.isEmpty ? request.resource : "\(request.resource).\(request.group)"
        let subject = request.name.isEmpty ? qualified : "\(qualified) \"\(request.name)\""
        let full = request.subresource.isEmpty ? request.resource : "\(request.resource)/\(request.subresource)"
        let place = request.namespace.isEmpty ? "at the cluster scope" : "in the namespace \"\(request.namespace)\""
        return APIStatus(
            code: 403, reason: "Forbidden",
            message: "\(subject) is forbidden: User \"\(user)\" cannot \(request.verb) resource \"\(full)\" "
                + "in API group \"\(request.group)\" \(place)",
            details: SimJSON.object(
                SimObject([
                    ("name", request.name.isEmpty ? .null : .string(request.name)),
                    ("group", request.group.isEmpty ? .null : .string(request.group)),
                    ("kind", .string(request.resource)),
                ])
            ).withoutNulls, isFromAuthorizer: true)
    }

    static func alreadyExists(_ resource: APIResource, _ name: String) -> APIStatus {
        APIStatus(
            code: 409, reason: "AlreadyExists", message: "\(resource.qualifiedName) \"\(name)\" already exists",
            details: details(resource, name: name))
    }

    static func conflict(_ resource: APIResource, _ name: String) -> APIStatus {
        APIStatus(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(resource.qualifiedName) \"\(name)\": the object has been "
                + "modified; please apply your changes to the latest version and try again",
            details: details(resource, name: name))
    }

    static func precondition(_ resource: APIResource, _ name: String, _ field: String, wanted: String, found: String)
        -> APIStatus
    {
        APIStatus(
            code: 409, reason: "Conflict",
            message: "Operation cannot be fulfilled on \(resource.kind) \"\(name)\": the \(field) in the precondition "
                + "(\(wanted)) does not match the \(field) in record (\(found)). The object might have been deleted "
                + "and then recreated",
            details: ["name": .string(name), "kind": .string(resource.kind)])
    }

    static func invalid(_ kind: String, _ name: String, group: String = "", field: String, _ problem: String)
        -> APIStatus
    {
        let type = problem.hasPrefix("Forbidden") ? "FieldValueForbidden" : "FieldValueInvalid"
        let full = group.isEmpty ? kind : "\(kind).\(group)"
        return APIStatus(
            code: 422, reason: "Invalid", message: "\(full) \"\(name)\" is invalid: \(field): \(problem)",
            details: SimJSON.object(
                SimObject([
                    ("name", name.isEmpty ? .null : .string(name)), ("group", group.isEmpty ? .null : .string(group)),
                    ("kind", .string(kind)),
                    ("causes", [["reason": .string(type), "message": .string(problem), "field": .string(field)]]),
                ])
            ).withoutNulls)
    }

    static let listExpired = APIStatus(
        code: 410, reason: "Expired", message: "The resourceVersion for the provided list is too old.")

    static func watchExpired(_ revision: Int, oldest: Int) -> APIStatus {
        APIStatus(code: 410, reason: "Expired", message: "too old resource version: \(revision) (\(oldest))")
    }

    static func continueExpired(fresh token: String) -> APIStatus {
        APIStatus(
            code: 410, reason: "Expired",
            message: "The provided continue parameter is too old to display a consistent list result. You can start a "
                + "new list without the continue parameter, or use the continue token in this response to retrieve the "
                + "remainder of the results. Continuing with the provided token results in an inconsistent list - "
                + "objects that were created, modified, or deleted between the time the first chunk was returned and "
                + "now may show up in the list.", continueToken: token)
    }

    static func tooLargeVersion(_ wanted: Int, current: Int) -> APIStatus {
        APIStatus(
            code: 504, reason: "Timeout",
            message: "Timeout: Too large resource version: \(wanted), current: \(current)",
            details: [
                "causes": [["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]],
                "retryAfterSeconds": 1,
            ])
    }

    static func badVersion(_ text: String) -> APIStatus {
        APIStatus(
            code: 500,
            message: "resourceVersion: Invalid value: \"\(text)\": strconv.ParseUint: parsing \"\(text)\": "
                + "invalid syntax")
    }
}
