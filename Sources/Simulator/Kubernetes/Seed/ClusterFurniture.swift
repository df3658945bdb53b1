import Foundation

/// What a cluster has besides workloads: nodes with their leases, rights, classes, quotas, definitions.
struct ClusterFurniture: Sendable {
    let cluster: SimCluster
    let now: Date

    private var created: Date { now.addingTimeInterval(-220 * 86_400) }

    var objects: [(resource: String, json: SimJSON)] {
        nodes + leases + rights + classes + limits + customResources + others + policies
    }

    private func named(
        _ name: String, _ members: SimJSON, labels: SimJSON = .null, namespace: SimJSON = .null,
        annotations: SimJSON = .null
    )
        -> SimJSON
    {
        var json: SimJSON = [
            "metadata": Manifest.metadata(
                name: name, namespace: namespace, createdAt: created, labels: labels, annotations: annotations)
        ]
        for member in members.members { json[member.key] = member.value }
        return json
    }

    private var nodes: [(resource: String, json: SimJSON)] {
        cluster.nodes.map {
            ("nodes", NodeManifest(node: $0, version: cluster.version, created: created, now: now).json)
        }
    }

    private var leases: [(resource: String, json: SimJSON)] {
        cluster.nodes.map { node in
            let spec: SimJSON = [
                "holderIdentity": .string(node.name), "leaseDurationSeconds": 40,
                "renewTime": .string(KubeTime.microText(now)),
            ]
            return ("leases.coordination.k8s.io", named(node.name, ["spec": spec], namespace: "kube-node-lease"))
        }
    }

    private var rights: [(resource: String, json: SimJSON)] {
        let suffix = ".rbac.authorization.k8s.io"
        var objects: [(resource: String, json: SimJSON)] = AccessTable.clusterRoles.map { role in
            ("clusterroles" + suffix, named(role.name, ["rules": .array(role.rules)]))
        }
        for binding in AccessTable.clusterBindings {
            objects.append(
                (
                    "clusterrolebindings" + suffix,
                    named(
                        binding.name,
                        [
                            "subjects": .array(binding.subjects),
                            "roleRef": [
                                "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                                "name": .string(binding.role),
                            ],
                        ])
                ))
        }
        for binding in AccessTable.bindings {
            objects.append(
                (
                    "rolebindings" + suffix,
                    named(
                        binding.name,
                        [
                            "subjects": .array(binding.subjects),
                            "roleRef": [
                                "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole",
                                "name": .string(binding.role),
                            ],
                        ], namespace: .string(binding.namespace))
                ))
        }
        return objects
    }

    private var classes: [(resource: String, json: SimJSON)] {
        [
            (
                "storageclasses.storage.k8s.io",
                named(
                    "standard",
                    [
                        "provisioner": "csi.lanternpay.example", "reclaimPolicy": "Delete",
                        "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": true,
                    ], annotations: ["storageclass.kubernetes.io/is-default-class": "true"])
            ),
            (
                "ingressclasses.networking.k8s.io",
                named("nginx", ["spec": ["controller": "k8s.io/ingress-nginx"]])
            ),
            (
                "priorityclasses.scheduling.k8s.io",
                named("system-cluster-critical", ["value": 2_000_000_000, "preemptionPolicy": "PreemptLowerPriority"])
            ),
            (
                "priorityclasses.scheduling.k8s.io",
                named("system-node-critical", ["value": 2_000_001_000, "preemptionPolicy": "PreemptLowerPriority"])
            ),
            (
                "apiservices.apiregistration.k8s.io",
                named(
                    "v1beta1.metrics.k8s.io",
                    [
                        "spec": [
                            "service": ["namespace": "kube-system", "name": "metrics-server", "port": 443],
                            "group": "metrics.k8s.io", "version": "v1beta1", "groupPriorityMinimum": 100,
                            "versionPriority": 100,
                        ], "status": ["conditions": [["type": "Available", "status": "True", "reason": "Passed"]]],
                    ])
            ),
        ]
    }

    private var limits: [(resource: String, json: SimJSON)] {
        [
            (
                "resourcequotas",
                named(
                    "team-quota",
                    [
                        "spec": ["hard": ["limits.memory": "400Gi", "pods": "200", "requests.cpu": "64"]],
                        "status": [
                            "hard": ["limits.memory": "400Gi", "pods": "200", "requests.cpu": "64"],
                            "used": ["limits.memory": "96Gi", "pods": "31", "requests.cpu": "7250m"],
                        ],
                    ], namespace: "payments")
            ),
            (
                "limitranges",
                named(
                    "defaults",
                    [
                        "spec": [
                            "limits": [
                                ["type": "Container", "default": ["memory": "512Mi"], "defaultRequest": ["cpu": "50m"]]
                            ]
                        ]
                    ], namespace: "payments")
            ),
            (
                "networkpolicies.networking.k8s.io",
                named(
                    "deny-from-elsewhere",
                    [
                        "spec": [
                            "podSelector": .emptyObject, "policyTypes": ["Ingress"],
                            "ingress": [["from": [["podSelector": .emptyObject]]]],
                        ]
                    ], namespace: "ledger")
            ),
        ]
    }

    /// In production, payments take no image without a version.
    private var policies: [(resource: String, json: SimJSON)] {
        guard cluster.isProtected else { return [] }
        let webhook: SimJSON = [
            "name": "images.policy.lanternpay.example",
            "clientConfig": [
                "service": ["namespace": "platform", "name": "image-policy", "path": "/validate", "port": 443]
            ],
            "rules": [
                [
                    "operations": ["CREATE", "UPDATE"], "apiGroups": ["", "apps", "batch"], "apiVersions": ["v1"],
                    "resources": ["pods", "deployments", "statefulsets", "daemonsets", "jobs", "cronjobs"],
                    "scope": "Namespaced",
                ]
            ],
            "failurePolicy": "Fail", "matchPolicy": "Equivalent",
            "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": "payments"]],
            "sideEffects": "None", "timeoutSeconds": 5, "admissionReviewVersions": ["v1"],
        ]
        return [
            (
                "validatingwebhookconfigurations.admissionregistration.k8s.io",
                named("image-policy", ["webhooks": [webhook]])
            )
        ]
    }

    private var others: [(resource: String, json: SimJSON)] {
        let healthy: SimJSON = ["conditions": [["type": "Healthy", "status": "True", "message": "ok"]]]
        let status = ["controller-manager", "scheduler", "etcd-0"].map { name -> (resource: String, json: SimJSON) in
            var json: SimJSON = ["metadata": ["name": .string(name)]]
            json["conditions"] = healthy["conditions"]
            return ("componentstatuses", json)
        }
        let address: SimJSON = "10.96.0.1"
        let kubernetes: SimJSON = [
            "spec": [
                "ports": [["name": "https", "protocol": "TCP", "port": 443, "targetPort": 6443]],
                "clusterIP": address, "clusterIPs": [address], "type": "ClusterIP", "sessionAffinity": "None",
            ], "status": ["loadBalancer": .emptyObject],
        ]
        return status + [
            (
                "services",
                named(
                    "kubernetes", kubernetes, labels: ["component": "apiserver", "provider": "kubernetes"],
                    namespace: "default")
            )
        ]
    }

    private var customResources: [(resource: String, json: SimJSON)] {
        let definition = CustomDefinition.paymentRoutes(created: created)
        let routes = [
            ("cards-eu", "cards", 70, "Active"), ("cards-us", "cards", 30, "Active"),
            ("wallets", "wallet", 100, "Active"),
            ("instant", "bank", 100, "Draining"),
        ]
        return [("customresourcedefinitions.apiextensions.k8s.io", definition)]
            + routes.map { name, method, weight, phase in
                var json = named(
                    name,
                    [
                        "spec": ["method": .string(method), "weight": .int(weight), "processor": "lantern-one"],
                        "status": [
                            "phase": .string(phase),
                            "since": .string(KubeTime.text(now.addingTimeInterval(-Double(weight) * 3600))),
                        ],
                    ], namespace: "payments")
                json["metadata"]["generation"] = 3
                // Its operator left long ago: whoever deletes it waits for ever.
                if phase == "Draining" { json["metadata"]["finalizers"] = ["lanternpay.example/settle-open-payments"] }
                return ("paymentroutes.lanternpay.example", json)
            }
    }
}
