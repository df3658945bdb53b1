import Foundation

/// The objects that controllers make of other objects.
enum Manifest {
    /// `ownerReferences` with one controller.
    static func owners(_ owner: SimJSON, kind: String, apiVersion: String) -> SimJSON {
        [
            [
                "apiVersion": .string(apiVersion), "kind": .string(kind), "name": owner["metadata"]["name"],
                "uid": owner["metadata"]["uid"], "controller": true, "blockOwnerDeletion": true,
            ]
        ]
    }

    /// Metadata in the order a server sends it, without what is absent.
    static func metadata(
        name: String, generateName: String? = nil, namespace: SimJSON = .null, generation: Int? = nil,
        createdAt: Date, labels: SimJSON = .null, annotations: SimJSON = .null, owners: SimJSON = .null,
        uid: String? = nil
    ) -> SimJSON {
        SimJSON.object(
            SimObject([
                ("name", .string(name)), ("generateName", SimJSON(generateName)), ("namespace", namespace),
                ("uid", .string(uid ?? "")), ("resourceVersion", .string("")), ("generation", SimJSON(generation)),
                ("creationTimestamp", .string(KubeTime.text(createdAt))), ("labels", labels),
                ("annotations", annotations), ("ownerReferences", owners),
            ])
        ).withoutNulls
    }

    static func replicaSet(of deployment: SimJSON, hash: String, replicas: Int, revision: Int, at: Date) -> SimJSON {
        let metadata = deployment["metadata"]
        let wanted = deployment["spec"]["replicas"].intValue ?? 1
        var template = deployment["spec"]["template"]
        template["metadata"]["labels"]["pod-template-hash"] = .string(hash)
        var selector = deployment["spec"]["selector"]
        selector["matchLabels"]["pod-template-hash"] = .string(hash)
        return [
            "metadata": Self.metadata(
                name: "\(metadata["name"].stringValue ?? "")-\(hash)", namespace: metadata["namespace"], generation: 1,
                createdAt: at, labels: template["metadata"]["labels"],
                annotations: [
                    "deployment.kubernetes.io/desired-replicas": .string("\(wanted)"),
                    "deployment.kubernetes.io/max-replicas": .string("\(wanted + max(1, wanted / 4))"),
                    "deployment.kubernetes.io/revision": .string("\(revision)"),
                ], owners: owners(deployment, kind: "Deployment", apiVersion: "apps/v1")),
            "spec": ["replicas": .int(replicas), "selector": selector, "template": template],
            "status": ["replicas": 0],
        ]
    }

    /// A pod of an owner's template.
    static func pod(
        named name: String, of owner: StoredObject, kind: String, generateName: String, revision: String? = nil,
        node: String? = nil, at: Date
    ) -> SimJSON {
        let template = owner.json["spec"]["template"]
        let apiVersion = kind == "Job" ? "batch/v1" : "apps/v1"
        var labels = template["metadata"]["labels"]
        if let revision { labels["controller-revision-hash"] = .string(revision) }
        if kind == "StatefulSet" {
            labels["apps.kubernetes.io/pod-index"] = .string(String(name.split(separator: "-").last ?? "0"))
            labels["statefulset.kubernetes.io/pod-name"] = .string(name)
        }
        var spec = template["spec"]
        if let node { spec["nodeName"] = .string(node) }
        if kind == "StatefulSet" { spec = withClaims(spec, of: owner.json, pod: name) }
        let metadata = Self.metadata(
            name: name, generateName: generateName, namespace: .string(owner.key.namespace), generation: 1,
            createdAt: at, labels: labels, annotations: template["metadata"]["annotations"],
            owners: owners(owner.json, kind: kind, apiVersion: apiVersion))
        return ["metadata": metadata, "spec": spec, "status": ["phase": "Pending", "qosClass": "Burstable"]]
    }

    private static func withClaims(_ spec: SimJSON, of set: SimJSON, pod: String) -> SimJSON {
        var spec = spec
        let claims = set["spec"]["volumeClaimTemplates"].items.compactMap { $0["metadata"]["name"].stringValue }
        guard !claims.isEmpty else { return spec }
        let volumes = claims.map { claim -> SimJSON in
            ["name": .string(claim), "persistentVolumeClaim": ["claimName": .string("\(claim)-\(pod)")]]
        }
        spec["volumes"] = .array(volumes + spec["volumes"].items)
        return spec
    }

    /// The job that a cron job starts.
    static func job(of cron: StoredObject, named name: String, at: Date) -> SimJSON {
        let template = cron.json["spec"]["jobTemplate"]
        var generator = SeededGenerator(seed: StableHash.of(name), cron.uid)
        let uid = generator.uuid()
        let metadata = Self.metadata(
            name: name, namespace: .string(cron.key.namespace), generation: 1, createdAt: at,
            labels: template["metadata"]["labels"],
            annotations: ["batch.kubernetes.io/cronjob-scheduled-timestamp": .string(KubeTime.text(at))],
            owners: owners(cron.json, kind: "CronJob", apiVersion: "batch/v1"), uid: uid)
        return jobObject(metadata: metadata, template: template["spec"]["template"], uid: uid, name: name)
    }

    /// A job that runs one pod of a template once.
    static func jobObject(metadata: SimJSON, template: SimJSON, uid: String, name: String) -> SimJSON {
        var template = template
        for (key, value) in [
            ("batch.kubernetes.io/controller-uid", uid), ("batch.kubernetes.io/job-name", name),
            ("controller-uid", uid), ("job-name", name),
        ] {
            template["metadata"]["labels"][key] = .string(value)
        }
        return [
            "metadata": metadata,
            "spec": [
                "parallelism": 1, "completions": 1, "backoffLimit": 6,
                "selector": ["matchLabels": ["batch.kubernetes.io/controller-uid": .string(uid)]],
                "manualSelector": false,
                "template": template, "completionMode": "NonIndexed", "suspend": false,
                "podReplacementPolicy": "TerminatingOrFailed",
            ],
            "status": .emptyObject,
        ]
    }

    static func endpointSlice(of service: StoredObject, pods: [StoredObject], at: Date) -> SimJSON {
        var generator = SeededGenerator(seed: StableHash.of(service.uid))
        let ports = service.json["spec"]["ports"].items.map { port -> SimJSON in
            ["name": .string(port["name"].stringValue ?? ""), "protocol": "TCP", "port": .int(targetPort(port))]
        }
        let endpoints = pods.map { pod -> SimJSON in
            let isReady = pod.json.condition("Ready")["status"].stringValue == "True"
            return [
                "addresses": [pod.json["status"]["podIP"]],
                "conditions": ["ready": .bool(isReady), "serving": .bool(isReady), "terminating": false],
                "targetRef": [
                    "kind": "Pod", "namespace": .string(pod.key.namespace), "name": .string(pod.key.name),
                    "uid": .string(pod.uid),
                ],
                "nodeName": pod.json["spec"]["nodeName"],
            ]
        }
        let metadata = Self.metadata(
            name: "\(service.key.name)-\(generator.nameSuffix())", generateName: "\(service.key.name)-",
            namespace: .string(service.key.namespace), generation: 1, createdAt: at,
            labels: [
                "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
                "kubernetes.io/service-name": .string(service.key.name),
            ], owners: owners(service.json, kind: "Service", apiVersion: "v1"))
        return [
            "metadata": metadata, "addressType": "IPv4", "endpoints": .array(endpoints), "ports": .array(ports),
        ]
    }

    static func endpoints(of service: StoredObject, pods: [StoredObject], at: Date) -> SimJSON {
        func addresses(_ isReady: Bool) -> SimJSON {
            let chosen = pods.filter { ($0.json.condition("Ready")["status"].stringValue == "True") == isReady }
            guard !chosen.isEmpty else { return .null }
            return .array(
                chosen.map { pod in
                    [
                        "ip": pod.json["status"]["podIP"], "nodeName": pod.json["spec"]["nodeName"],
                        "targetRef": [
                            "kind": "Pod", "namespace": .string(pod.key.namespace), "name": .string(pod.key.name),
                            "uid": .string(pod.uid),
                        ],
                    ]
                })
        }
        let ports = service.json["spec"]["ports"].items.map { port -> SimJSON in
            ["name": .string(port["name"].stringValue ?? ""), "port": .int(targetPort(port)), "protocol": "TCP"]
        }
        let subset = SimJSON.object(
            SimObject([
                ("addresses", addresses(true)), ("notReadyAddresses", addresses(false)), ("ports", .array(ports)),
            ])
        ).withoutNulls
        let metadata = Self.metadata(
            name: service.key.name, namespace: .string(service.key.namespace), createdAt: at, labels: service.labels)
        return ["metadata": metadata, "subsets": pods.isEmpty ? .null : [subset]]
    }

    private static func targetPort(_ port: SimJSON) -> Int { port["targetPort"].intValue ?? port["port"].intValue ?? 0 }
}
