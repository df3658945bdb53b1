/// Checks a custom resource against the schema in its definition; rules in CEL are not looked at.
struct CustomValidation: Sendable {
    let schema: SimJSON

    init(_ schema: SimJSON) { self.schema = schema }

    /// The problems in the order of their fields.
    func problems(_ json: SimJSON) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for property in schema["properties"].members where property.key != "metadata" {
            check(json[property.key], property.value, property.key, &problems)
        }
        for name in schema["required"].items.compactMap(\.stringValue) where json[name].isNull {
            problems.append(.required(name))
        }
        problems.sort { $0.field < $1.field }
        guard !problems.isEmpty, hasRules(schema) else { return problems }
        return problems + [
            FieldProblem(
                field: "<nil>", reason: "FieldValueInvalid",
                message: "Invalid value: null: some validation rules were not checked because the object was invalid; "
                    + "correct the existing errors to complete validation")
        ]
    }

    private func hasRules(_ schema: SimJSON) -> Bool {
        !schema["x-kubernetes-validations"].isNull || schema["properties"].members.contains { hasRules($0.value) }
    }

    private func check(_ value: SimJSON, _ schema: SimJSON, _ path: String, _ problems: inout [FieldProblem]) {
        guard !value.isNull else { return }
        if let type = schema["type"].stringValue, !Self.fits(value, type) {
            problems.append(
                FieldProblem(
                    field: path, reason: "FieldValueTypeInvalid",
                    message: "Invalid value: \(SimJSON.string(Self.type(of: value)).text): \(path) in body must be of "
                        + "type \(type): \(SimJSON.string(Self.type(of: value)).text)"))
            return
        }
        checkNumber(value, schema, path, &problems)
        let choices = schema["enum"].items
        if !choices.isEmpty, !choices.contains(value) {
            let supported = choices.map(\.text).joined(separator: ", ")
            problems.append(
                FieldProblem(
                    field: path, reason: "FieldValueNotSupported",
                    message: "Unsupported value: \(value.text): supported values: \(supported)"))
        }
        for property in schema["properties"].members {
            check(value[property.key], property.value, "\(path).\(property.key)", &problems)
        }
        for name in schema["required"].items.compactMap(\.stringValue) where value[name].isNull {
            problems.append(.required("\(path).\(name)"))
        }
        for (index, item) in value.items.enumerated() where !schema["items"].isNull {
            check(item, schema["items"], "\(path)[\(index)]", &problems)
        }
    }

    private func checkNumber(_ value: SimJSON, _ schema: SimJSON, _ path: String, _ problems: inout [FieldProblem]) {
        guard let number = value.doubleValue else { return }
        if let most = schema["maximum"].doubleValue, number > most {
            problems.append(
                .invalid(path, value, "\(path) in body should be less than or equal to \(schema["maximum"].text)"))
        }
        if let least = schema["minimum"].doubleValue, number < least {
            problems.append(
                .invalid(path, value, "\(path) in body should be greater than or equal to \(schema["minimum"].text)"))
        }
    }

    private static func type(of value: SimJSON) -> String {
        switch value {
        case .string: "string"
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .array: "array"
        case .object: "object"
        case .null: "null"
        }
    }

    private static func fits(_ value: SimJSON, _ type: String) -> Bool {
        let own = self.type(of: value)
        return own == type || (type == "number" && own == "integer")
    }
}
