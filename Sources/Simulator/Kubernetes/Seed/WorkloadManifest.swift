import Foundation

/// The manifests that the company's people apply for one workload.
struct WorkloadManifest: Sendable {
    let workload: SimWorkload
    let createdAt: Date

    private var namespace: SimJSON { .string(workload.namespace) }
    private var labels: SimJSON { SimJSON(sorted: workload.labels) }
    private var selector: SimJSON { ["matchLabels": ["app": .string(workload.name)]] }

    func metadata(_ name: String? = nil, generation: Int? = 1, annotations: SimJSON = .null) -> SimJSON {
        Manifest.metadata(
            name: name ?? workload.name, namespace: namespace, generation: generation, createdAt: createdAt,
            labels: labels, annotations: annotations)
    }

    /// What is known of the build: links that lead from the workload to its pipeline and its source.
    private var annotations: SimJSON {
        var annotations: [String: String] = [:]
        if let repository = workload.repository { annotations["lanternpay.example/repository"] = repository }
        if let job = workload.jenkinsJob { annotations["lanternpay.example/pipeline"] = job.joined(separator: "/") }
        if workload.repository != nil { annotations["lanternpay.example/commit"] = workload.commit }
        return annotations.isEmpty ? .null : SimJSON(sorted: annotations)
    }

    /// The objects of the workload by resource, in the order in which they are applied.
    var objects: [(resource: String, json: SimJSON)] {
        var objects: [(resource: String, json: SimJSON)] = []
        if workload.servicePort != nil { objects.append(("services", service)) }
        switch workload.kind {
        case .deployment: objects.append(("deployments.apps", deployment))
        case .statefulSet:
            objects += claims.map { ("persistentvolumeclaims", $0) }
            objects += volumes.map { ("persistentvolumes", $0) }
            objects.append(("statefulsets.apps", statefulSet))
        case .daemonSet: objects.append(("daemonsets.apps", daemonSet))
        case .job: objects.append(("jobs.batch", job))
        case .cronJob: objects.append(("cronjobs.batch", cronJob))
        case .pod: objects.append(("pods", pod))
        }
        if workload.host != nil { objects.append(("ingresses.networking.k8s.io", ingress)) }
        if let bounds = workload.autoscale {
            objects.append(("horizontalpodautoscalers.autoscaling", autoscaler(bounds)))
        }
        if workload.isIndispensable || (workload.kind == .deployment && workload.replicas > 3) {
            objects.append(("poddisruptionbudgets.policy", budget))
        }
        return objects
    }

    /// The pod template without metadata of its own.
    private func podSpec(restartPolicy: String) -> SimJSON {
        let initial = workload.containers.filter { $0.role == .initial }.map(container)
        let others = workload.containers.filter { $0.role != .initial }.map(container)
        return SimJSON.object(
            SimObject([
                ("volumes", Self.tokenVolume), ("initContainers", initial.isEmpty ? .null : .array(initial)),
                ("containers", .array(others)), ("restartPolicy", .string(restartPolicy)),
                ("terminationGracePeriodSeconds", 30), ("dnsPolicy", "ClusterFirst"),
                ("serviceAccountName", "default"), ("serviceAccount", "default"), ("securityContext", .emptyObject),
                ("schedulerName", "default-scheduler"), ("tolerations", Self.tolerations), ("priority", 0),
                ("enableServiceLinks", true), ("preemptionPolicy", "PreemptLowerPriority"),
            ])
        ).withoutNulls
    }

    private func template(restartPolicy: String = "Always") -> SimJSON {
        var metadata: SimJSON = ["labels": labels]
        metadata["annotations"] = annotations
        if workload.containers.filter({ $0.role != .initial }).count > 1 {
            metadata["annotations"]["kubectl.kubernetes.io/default-container"] = .string(workload.main.name)
        }
        return ["metadata": metadata, "spec": podSpec(restartPolicy: restartPolicy)]
    }

    private func container(_ spec: SimContainerSpec) -> SimJSON {
        let isUnschedulable = workload.oddity == .unschedulable && spec.role == .main
        let memory = isUnschedulable ? "900Gi" : "\(spec.memoryRequestMiB)Mi"
        let limit = isUnschedulable ? "900Gi" : "\(spec.memoryRequestMiB * 2)Mi"
        let probe: SimJSON = [
            "httpGet": ["path": "/ready", "port": .int(spec.port ?? 8080), "scheme": "HTTP"], "timeoutSeconds": 1,
            "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3,
        ]
        let port: SimJSON = ["name": "main", "containerPort": SimJSON(spec.port), "protocol": "TCP"]
        return SimJSON.object(
            SimObject([
                ("name", .string(spec.name)), ("image", .string(spec.image)),
                ("ports", spec.port == nil ? .null : [port]), ("env", Self.environment(workload)),
                (
                    "resources",
                    [
                        "limits": ["memory": .string(limit)],
                        "requests": ["cpu": .string("\(spec.cpuRequestMilli)m"), "memory": .string(memory)],
                    ]
                ), ("volumeMounts", Self.tokenMount), ("readinessProbe", spec.port == nil ? .null : probe),
                ("terminationMessagePath", "/dev/termination-log"), ("terminationMessagePolicy", "File"),
                ("imagePullPolicy", "IfNotPresent"),
            ])
        ).withoutNulls
    }

    private static func environment(_ workload: SimWorkload) -> SimJSON {
        [
            ["name": "LOG_LEVEL", "value": "info"],
            ["name": "POD_NAME", "valueFrom": ["fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.name"]]],
            ["name": "CONFIG", "valueFrom": ["configMapKeyRef": ["name": "\(workload.name)-config", "key": "mode"]]],
        ] as SimJSON
    }

    private static let tokenMount: SimJSON = [
        [
            "name": "kube-api-access", "readOnly": true,
            "mountPath": "/var/run/secrets/kubernetes.io/serviceaccount",
        ]
    ]

    private static let tokenVolume: SimJSON = [
        [
            "name": "kube-api-access",
            "projected": [
                "sources": [
                    ["serviceAccountToken": ["expirationSeconds": 3607, "path": "token"]],
                    ["configMap": ["name": "kube-root-ca.crt", "items": [["key": "ca.crt", "path": "ca.crt"]]]],
                    [
                        "downwardAPI": [
                            "items": [
                                [
                                    "path": "namespace",
                                    "fieldRef": ["apiVersion": "v1", "fieldPath": "metadata.namespace"],
                                ]
                            ]
                        ]
                    ],
                ], "defaultMode": 420,
            ],
        ]
    ]

    private static let tolerations: SimJSON = .array(
        ["not-ready", "unreachable"].map {
            [
                "key": .string("node.kubernetes.io/\($0)"), "operator": "Exists", "effect": "NoExecute",
                "tolerationSeconds": 300,
            ]
        })

    private var deployment: SimJSON {
        [
            "metadata": metadata(annotations: annotations),
            "spec": [
                "replicas": .int(workload.replicas), "selector": selector, "template": template(),
                "strategy": [
                    "type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": "25%", "maxSurge": "25%"],
                ], "revisionHistoryLimit": 10, "progressDeadlineSeconds": 600,
            ], "status": .emptyObject,
        ]
    }

    private var statefulSet: SimJSON {
        var spec: SimJSON = [
            "replicas": .int(workload.replicas), "selector": selector, "template": template(),
            "serviceName": .string(workload.name), "podManagementPolicy": "OrderedReady",
            "updateStrategy": ["type": "RollingUpdate", "rollingUpdate": ["partition": 0]],
            "revisionHistoryLimit": 10,
        ]
        if let size = workload.volumeGiB {
            spec["volumeClaimTemplates"] = [
                [
                    "kind": "PersistentVolumeClaim", "apiVersion": "v1", "metadata": ["name": "data"],
                    "spec": claimSpec(size),
                ]
            ]
        }
        return ["metadata": metadata(), "spec": spec, "status": ["replicas": 0]]
    }

    private var daemonSet: SimJSON {
        [
            "metadata": metadata(),
            "spec": [
                "selector": selector, "template": template(),
                "updateStrategy": ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 1, "maxSurge": 0]],
                "revisionHistoryLimit": 10,
            ], "status": .emptyObject,
        ]
    }

    private var job: SimJSON {
        var generator = SeededGenerator(
            seed: StableHash.of("\(workload.cluster)/\(workload.namespace)/\(workload.name)"))
        let uid = generator.uuid()
        var metadata = metadata()
        metadata["uid"] = .string(uid)
        return Manifest.jobObject(
            metadata: metadata, template: template(restartPolicy: "Never"), uid: uid, name: workload.name)
    }

    private var cronJob: SimJSON {
        [
            "metadata": metadata(),
            "spec": [
                "schedule": .string(workload.schedule ?? "0 * * * *"), "concurrencyPolicy": "Forbid", "suspend": false,
                "jobTemplate": [
                    "metadata": ["labels": labels], "spec": ["template": template(restartPolicy: "Never")],
                ], "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 1,
            ], "status": .emptyObject,
        ]
    }

    private var pod: SimJSON {
        [
            "metadata": metadata(), "spec": podSpec(restartPolicy: "Always"),
            "status": ["phase": "Pending", "qosClass": "Burstable"],
        ]
    }

    private var service: SimJSON {
        let hash = StableHash.of("\(workload.cluster)/\(workload.namespace)/\(workload.name)")
        let address = workload.kind == .statefulSet ? "None" : "10.96.\(hash % 250 + 1).\(hash / 251 % 250 + 1)"
        return [
            "metadata": metadata(generation: nil),
            "spec": [
                "ports": [
                    [
                        "name": "main", "protocol": "TCP", "port": SimJSON(workload.servicePort),
                        "targetPort": SimJSON(workload.servicePort),
                    ]
                ],
                "selector": ["app": .string(workload.name)], "clusterIP": .string(address),
                "clusterIPs": [.string(address)], "type": "ClusterIP", "sessionAffinity": "None",
                "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack", "internalTrafficPolicy": "Cluster",
            ], "status": ["loadBalancer": .emptyObject],
        ]
    }

    private var ingress: SimJSON {
        let backend: SimJSON = [
            "service": ["name": .string(workload.name), "port": ["number": SimJSON(workload.servicePort)]]
        ]
        let host = SimJSON(workload.host)
        return [
            "metadata": metadata(),
            "spec": [
                "ingressClassName": "nginx", "tls": [["hosts": [host], "secretName": .string("\(workload.name)-tls")]],
                "rules": [
                    [
                        "host": host,
                        "http": ["paths": [["path": "/", "pathType": "Prefix", "backend": backend]]],
                    ]
                ],
            ], "status": ["loadBalancer": ["ingress": [["ip": "203.0.113.20"]]]],
        ]
    }

    private func autoscaler(_ bounds: ClosedRange<Int>) -> SimJSON {
        func metric(_ side: String, _ percent: Int) -> SimJSON {
            ["type": "Resource", "resource": ["name": "cpu", side: ["averageUtilization": .int(percent)]]]
        }
        var target = metric("target", 75)
        target["resource"]["target"]["type"] = "Utilization"
        let use = Int(StableHash.of(workload.name) % 50) + 20
        return [
            "metadata": metadata(generation: nil),
            "spec": [
                "scaleTargetRef": ["kind": "Deployment", "name": .string(workload.name), "apiVersion": "apps/v1"],
                "minReplicas": .int(bounds.lowerBound), "maxReplicas": .int(bounds.upperBound), "metrics": [target],
            ],
            "status": [
                "currentReplicas": .int(workload.replicas), "desiredReplicas": .int(workload.replicas),
                "currentMetrics": [metric("current", use)],
                "conditions": [
                    [
                        "type": "ScalingActive", "status": "True", "reason": "ValidMetricFound",
                        "lastTransitionTime": .string(KubeTime.text(createdAt)),
                        "message":
                            "the HPA was able to successfully calculate a replica count from cpu resource utilization (percentage of request)",
                    ]
                ],
            ],
        ]
    }

    private var budget: SimJSON {
        let most = workload.isIndispensable ? 0 : max(1, workload.replicas / 4)
        let bound: (String, SimJSON) =
            workload.isIndispensable ? ("minAvailable", .int(workload.replicas)) : ("maxUnavailable", .int(most))
        return [
            "metadata": metadata(), "spec": .object(SimObject([bound, ("selector", selector)])),
            "status": [
                "observedGeneration": 1, "disruptionsAllowed": .int(most), "currentHealthy": .int(workload.replicas),
                "desiredHealthy": .int(workload.replicas - most), "expectedPods": .int(workload.replicas),
            ],
        ]
    }

    private func claimSpec(_ size: Int, volume: String? = nil) -> SimJSON {
        var spec: SimJSON = [
            "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": .string("\(size)Gi")]],
        ]
        if let volume { spec["volumeName"] = .string(volume) }
        spec["storageClassName"] = "standard"
        spec["volumeMode"] = "Filesystem"
        return spec
    }

    private func volumeName(_ index: Int) -> String {
        var generator = SeededGenerator(
            seed: StableHash.of("\(workload.cluster)/\(workload.namespace)/\(workload.name)-\(index)"))
        return "pvc-\(generator.uuid())"
    }

    private var claims: [SimJSON] {
        guard let size = workload.volumeGiB else { return [] }
        return (0..<workload.replicas).map { index in
            [
                "metadata": metadata("data-\(workload.name)-\(index)", generation: nil),
                "spec": claimSpec(size, volume: volumeName(index)),
                "status": [
                    "phase": "Bound", "accessModes": ["ReadWriteOnce"], "capacity": ["storage": .string("\(size)Gi")],
                ],
            ]
        }
    }

    private var volumes: [SimJSON] {
        guard let size = workload.volumeGiB else { return [] }
        return (0..<workload.replicas).map { index in
            [
                "metadata": Manifest.metadata(name: volumeName(index), createdAt: createdAt),
                "spec": [
                    "capacity": ["storage": .string("\(size)Gi")], "accessModes": ["ReadWriteOnce"],
                    "claimRef": [
                        "kind": "PersistentVolumeClaim", "namespace": namespace,
                        "name": .string("data-\(workload.name)-\(index)"),
                    ], "persistentVolumeReclaimPolicy": "Delete", "storageClassName": "standard",
                    "volumeMode": "Filesystem",
                ], "status": ["phase": "Bound"],
            ]
        }
    }
}
