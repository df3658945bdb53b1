extension KubernetesServer {
    /// The index of OpenAPI v3, its documents with the fields of every kind, and a v2 document without.
    func openAPI(_ request: SimRequest) -> SimResponse {
        let parts = request.path.split(separator: "/").map(String.init)
        if parts.count == 2, parts[1] == "v2" { return .json(documentV2) }
        guard parts.count >= 2, parts[1] == "v3" else { return .text("404 page not found\n", status: 404) }
        if parts.count == 2 { return index }
        let name = parts.dropFirst(2).joined(separator: "/")
        guard let document = document(name) else { return .text("404 page not found\n", status: 404) }
        return .json(document)
    }

    private func prefix(_ group: String, _ version: String) -> String {
        group.isEmpty ? "api/\(version)" : "apis/\(group)/\(version)"
    }

    private var index: SimResponse {
        var paths = SimJSON.emptyObject
        for group in catalog.groups {
            for version in group.versions {
                let name = prefix(group.name, version.version)
                // What a document says follows from what it is about.
                let content = "\(self.version)/\(version.resources)"
                let hash = String(StableHash.of(content), radix: 16, uppercase: true)
                paths[name] = ["serverRelativeURL": .string("/openapi/v3/\(name)?hash=\(hash)")]
            }
        }
        return SimResponse(type: "text/plain; charset=utf-8", body: (["paths": paths] as SimJSON).bytes)
    }

    private func document(_ name: String) -> SimJSON? {
        let resources = catalog.resources.filter { prefix($0.group, $0.version) == name }
        guard !resources.isEmpty else { return nil }
        var (paths, schemas) = (SimJSON.emptyObject, SimJSON.emptyObject)
        var structures = OpenAPISchemas()
        for resource in resources {
            var schema = Self.schema(resource)
            for property in structures.properties(of: resource)?.members ?? [] {
                schema["properties"][property.key] = property.value
            }
            schemas[Self.schemaName(resource)] = schema
            let root = "/\(name)" + (resource.isNamespaced ? "/namespaces/{namespace}" : "") + "/\(resource.plural)"
            paths[root] = Self.operations(resource, root, isCollection: true)
            if resource.allows("get") { paths["\(root)/{name}"] = Self.operations(resource, root, isCollection: false) }
        }
        for component in structures.components.members { schemas[component.key] = component.value }
        return [
            "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": .string(version)], "paths": paths,
            "components": ["schemas": schemas],
        ]
    }

    private var documentV2: SimJSON {
        var definitions = SimJSON.emptyObject
        for resource in catalog.resources { definitions[Self.schemaName(resource)] = Self.schema(resource) }
        return [
            "swagger": "2.0", "info": ["title": "Kubernetes", "version": .string(version)], "paths": .emptyObject,
            "definitions": definitions,
        ]
    }

    private static func schemaName(_ resource: APIResource) -> String {
        let group = resource.group.isEmpty ? "core" : resource.group
        let reversed = group.split(separator: ".").reversed().joined(separator: ".")
        return "io.k8s.api.\(reversed).\(resource.version).\(resource.kind)"
    }

    private static func groupVersionKind(_ resource: APIResource) -> SimJSON {
        [
            "group": .string(resource.group), "kind": .string(resource.kind), "version": .string(resource.version),
        ]
    }

    private static func schema(_ resource: APIResource) -> SimJSON {
        [
            "description": .string("\(resource.kind) of \(resource.groupVersion)."), "type": "object",
            "properties": [
                "apiVersion": ["type": "string", "description": "The version of this object's form."],
                "kind": ["type": "string", "description": "The kind of this object."],
                "metadata": ["type": "object", "description": "Name, namespace, labels and what the server adds."],
            ],
            "x-kubernetes-group-version-kind": [groupVersionKind(resource)],
            "x-kubernetes-preserve-unknown-fields": true,
        ]
    }

    private static func operations(_ resource: APIResource, _ root: String, isCollection: Bool) -> SimJSON {
        let reference: SimJSON = ["$ref": .string("#/components/schemas/\(schemaName(resource))")]
        func operation(_ action: String) -> SimJSON {
            [
                "operationId": .string("\(action)\(resource.kind)"),
                "responses": ["200": ["description": "OK", "content": ["application/json": ["schema": reference]]]],
                "x-kubernetes-action": .string(action), "x-kubernetes-group-version-kind": groupVersionKind(resource),
            ]
        }
        if isCollection { return ["get": operation("list"), "post": operation("post")] }
        var patch = operation("patch")
        // kubectl looks here whether the server checks fields and tries writes by itself.
        patch["parameters"] = .array(
            ["dryRun", "fieldManager", "fieldValidation", "force"].map { name in
                [
                    "name": .string(name), "in": "query",
                    "schema": ["type": name == "force" ? "boolean" : "string", "uniqueItems": true],
                ]
            })
        return ["get": operation("get"), "put": operation("put"), "delete": operation("delete"), "patch": patch]
    }
}
