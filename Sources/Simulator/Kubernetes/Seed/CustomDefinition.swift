import Foundation

/// The company's own kind: where a payment goes.
enum CustomDefinition {
    static func paymentRoutes(created: Date) -> SimJSON {
        let columns: SimJSON = [
            ["name": "Method", "type": "string", "jsonPath": ".spec.method", "description": "How the customer pays."],
            ["name": "Weight", "type": "integer", "jsonPath": ".spec.weight"],
            ["name": "Phase", "type": "string", "jsonPath": ".status.phase"],
            ["name": "Processor", "type": "string", "jsonPath": ".spec.processor", "priority": 1],
            ["name": "Since", "type": "date", "jsonPath": ".status.since"],
            ["name": "Age", "type": "date", "jsonPath": ".metadata.creationTimestamp"],
        ]
        let schema: SimJSON = [
            "type": "object", "x-kubernetes-preserve-unknown-fields": true,
            "properties": [
                "spec": [
                    "type": "object",
                    "properties": [
                        "method": ["type": "string", "enum": ["cards", "wallet", "bank"]],
                        "weight": ["type": "integer", "minimum": 0, "maximum": 100], "processor": ["type": "string"],
                    ],
                ]
            ],
        ]
        let names: SimJSON = [
            "plural": "paymentroutes", "singular": "paymentroute", "kind": "PaymentRoute",
            "listKind": "PaymentRouteList",
            "shortNames": ["pr"], "categories": ["all", "lanternpay"],
        ]
        let condition: SimJSON = [
            "type": "Established", "status": "True", "reason": "InitialNamesAccepted",
            "lastTransitionTime": .string(KubeTime.text(created)), "message": "the initial names have been accepted",
        ]
        return [
            "metadata": Manifest.metadata(
                name: "paymentroutes.lanternpay.example", generation: 1, createdAt: created),
            "spec": [
                "group": "lanternpay.example", "names": names, "scope": "Namespaced",
                "versions": [
                    [
                        "name": "v1", "served": true, "storage": true,
                        "schema": [
                            "openAPIV3Schema": schema
                        ], "subresources": ["status": .emptyObject], "additionalPrinterColumns": columns,
                    ]
                ], "conversion": ["strategy": "None"],
            ],
            "status": ["conditions": [condition], "acceptedNames": names, "storedVersions": ["v1"]],
        ]
    }
}
