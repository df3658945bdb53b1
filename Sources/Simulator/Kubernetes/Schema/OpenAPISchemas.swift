/// The schema's structures as OpenAPI describes them, for clients that explain fields.
struct OpenAPISchemas: Sendable {
    private let schema = FieldSchema.builtIn
    /// The structures by the name under which a document has them.
    private(set) var components = SimJSON.emptyObject

    /// The properties of a resource's objects; what they refer to comes into the components.
    mutating func properties(of resource: APIResource) -> SimJSON? {
        guard let name = FieldSchema.name(of: resource) else { return nil }
        return properties(name)
    }

    private mutating func properties(_ structure: String) -> SimJSON {
        var properties = SimJSON.emptyObject
        for field in schema.structures[structure]?.fields ?? [] {
            if field.isInline, case .structure(let inner) = field.shape {
                for member in self.properties(inner).members { properties[member.key] = member.value }
            } else {
                properties[field.name] = describe(field)
            }
        }
        return properties
    }

    private mutating func describe(_ field: FieldSchema.Field) -> SimJSON {
        var json = describe(field.shape)
        guard case .list(_, let listing) = field.shape else { return json }
        switch listing {
        case .atomic: json["x-kubernetes-list-type"] = "atomic"
        case .set: json["x-kubernetes-list-type"] = "set"
        case .keyed(let keys):
            json["x-kubernetes-list-type"] = "map"
            json["x-kubernetes-list-map-keys"] = .array(keys.map { .string($0) })
        }
        if let key = field.mergeKey {
            json["x-kubernetes-patch-strategy"] = "merge"
            if !key.isEmpty { json["x-kubernetes-patch-merge-key"] = .string(key) }
        }
        return json
    }

    private mutating func describe(_ shape: FieldSchema.Shape) -> SimJSON {
        switch shape {
        case .string, .quantity, .duration: return ["type": "string"]
        case .time, .microTime: return ["type": "string", "format": "date-time"]
        case .bytes: return ["type": "string", "format": "byte"]
        case .bool: return ["type": "boolean"]
        case .int: return ["type": "integer", "format": "int32"]
        case .number: return ["type": "number"]
        case .intOrString: return ["type": "string", "format": "int-or-string"]
        case .anything: return ["type": "object"]
        case .list(let item, _): return ["type": "array", "items": describe(item)]
        case .map(let item): return ["type": "object", "additionalProperties": describe(item)]
        case .structure(let name):
            let key = "io.k8s.api.\(name)"
            if components[key].isNull {
                components[key] = ["type": "object"]  // Structures may hold themselves.
                components[key] = ["type": "object", "properties": properties(name)]
            }
            return ["allOf": [["$ref": .string("#/components/schemas/\(key)")]]]
        }
    }
}
