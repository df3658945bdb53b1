/// One thing that is wrong with an object, in the words of a real server: a cause of a 422.
struct FieldProblem: Sendable, Equatable {
    var field: String
    /// `FieldValueInvalid`, `FieldValueRequired`, …
    var reason: String
    var message: String

    static func invalid(_ field: String, _ value: SimJSON, _ detail: String) -> FieldProblem {
        FieldProblem(field: field, reason: "FieldValueInvalid", message: "Invalid value: \(value.text): \(detail)")
    }

    static func required(_ field: String, _ detail: String = "") -> FieldProblem {
        FieldProblem(
            field: field, reason: "FieldValueRequired",
            message: detail.isEmpty ? "Required value" : "Required value: \(detail)")
    }

    static func forbidden(_ field: String, _ detail: String) -> FieldProblem {
        FieldProblem(field: field, reason: "FieldValueForbidden", message: "Forbidden: \(detail)")
    }

    static func duplicate(_ field: String, _ value: String) -> FieldProblem {
        FieldProblem(
            field: field, reason: "FieldValueDuplicate", message: "Duplicate value: \(SimJSON.string(value).text)")
    }

    static func notFound(_ field: String, _ value: String) -> FieldProblem {
        FieldProblem(field: field, reason: "FieldValueNotFound", message: "Not found: \(SimJSON.string(value).text)")
    }

    static func notSupported(_ field: String, _ value: String, supported: [String]) -> FieldProblem {
        let list = supported.map { SimJSON.string($0).text }.joined(separator: ", ")
        return FieldProblem(
            field: field, reason: "FieldValueNotSupported",
            message: "Unsupported value: \(SimJSON.string(value).text): supported values: \(list)")
    }

    var json: SimJSON {
        ["reason": .string(reason), "message": .string(message), "field": .string(field)]
    }
}

extension APIStatus {
    /// A 422 with everything that is wrong at once.
    static func invalid(_ kind: String, _ name: String, group: String = "", _ problems: [FieldProblem]) -> APIStatus {
        let full = group.isEmpty ? kind : "\(kind).\(group)"
        let texts = problems.map { "\($0.field): \($0.message)" }
        let text = texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]"
        return APIStatus(
            code: 422, reason: "Invalid", message: "\(full) \"\(name)\" is invalid: \(text)",
            details: SimJSON.object(
                SimObject([
                    ("name", name.isEmpty ? .null : .string(name)), ("group", group.isEmpty ? .null : .string(group)),
                    ("kind", .string(kind)), ("causes", .array(problems.map(\.json))),
                ])
            ).withoutNulls)
    }
}
