extension APIStatus {
    static func noNamespace(_ name: String) -> APIStatus {
        APIStatus(
            code: 404, reason: "NotFound", message: "namespaces \"\(name)\" not found",
            details: ["name": .string(name), "kind": "namespaces"])
    }

    static func namespaceTerminating(_ resource: APIResource, _ name: String, _ namespace: String) -> APIStatus {
        refused(
            resource, name,
            "unable to create new content in namespace \(namespace) because it is being terminated",
            causes: [
                [
                    "reason": "NamespaceTerminating", "message": "namespace \(namespace) is being terminated",
                    "field": "metadata.namespace",
                ]
            ])
    }

    /// An object that does not fit its kind's fields.
    static func unreadable(_ resource: APIResource, _ problem: String) -> APIStatus {
        let kind = resource.kind
        return .badRequest("\(kind) in version \"\(resource.version)\" cannot be handled as a \(kind): \(problem)")
    }

    /// A 403 that is not about rights: admission's.
    static func refused(
        _ resource: APIResource, _ name: String, _ why: String, causes: SimJSON = .null
    ) -> APIStatus {
        APIStatus(
            code: 403, reason: "Forbidden", message: "\(resource.qualifiedName) \"\(name)\" is forbidden: \(why)",
            details: SimJSON.object(
                SimObject([
                    ("name", .string(name)), ("group", resource.group.isEmpty ? .null : .string(resource.group)),
                    ("kind", .string(resource.plural)), ("causes", causes),
                ])
            ).withoutNulls)
    }

    /// A write that was meant for an object of the same name that is gone.
    static func otherObject(_ resource: APIResource, _ key: ObjectKey, wanted: String, found: String) -> APIStatus {
        let group = resource.group.isEmpty || !resource.isCustom ? "" : "\(resource.group)/"
        let place = key.namespace.isEmpty ? key.name : "\(key.namespace)/\(key.name)"
        var status = conflict(resource, key.name)
        status.message =
            "Operation cannot be fulfilled on \(resource.qualifiedName) \"\(key.name)\": StorageError: invalid object, "
            + "Code: 4, Key: /registry/\(group)\(resource.plural)/\(place), ResourceVersion: 0, "
            + "AdditionalErrorMsg: Precondition failed: UID in precondition: \(wanted), UID in object meta: \(found)"
        return status
    }

    static func disruptionBudget(_ name: String, _ status: SimJSON) -> APIStatus {
        let (desired, current) = (status["desiredHealthy"].intValue ?? 0, status["currentHealthy"].intValue ?? 0)
        return APIStatus(
            code: 429, reason: "TooManyRequests",
            message: "Cannot evict pod as it would violate the pod's disruption budget.",
            details: [
                "causes": [
                    [
                        "reason": "DisruptionBudget",
                        "message": .string(
                            "The disruption budget \(name) needs \(desired) healthy pods and has \(current) currently"),
                    ]
                ]
            ])
    }

    /// A patch whose operations cannot be done; a real server keeps to itself which.
    static let unusablePatch = APIStatus(
        code: 422, reason: "Invalid", message: "the server rejected our request due to an error in our request",
        details: .emptyObject)

    static func unsupportedPatch(isCustom: Bool) -> APIStatus {
        let types = [
            "application/json-patch+json", "application/merge-patch+json",
            isCustom ? nil : "application/strategic-merge-patch+json", "application/apply-patch+yaml",
        ]
        return APIStatus(
            code: 415, reason: "UnsupportedMediaType",
            message: "the body of the request was in an unknown format - accepted media types include: "
                + types.compactMap(\.self).joined(separator: ", "))
    }
}
