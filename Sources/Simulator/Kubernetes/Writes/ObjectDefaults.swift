/// What a server adds to objects that leave it out, for the kinds that people write by hand.
enum ObjectDefaults {
    /// The object with everything that is not said set to what it means.
    static func completed(_ json: SimJSON, _ resource: APIResource) -> SimJSON {
        guard !resource.isCustom else { return json }
        var json = json
        switch resource.kind {
        case "Pod": json["spec"] = podSpec(json["spec"], isTemplate: false)
        case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet":
            json["spec"] = workload(json["spec"], resource.kind)
        case "Job": json = job(json)
        case "CronJob": json["spec"] = cronJob(json["spec"])
        case "Service": json["spec"] = service(json["spec"], name: ObjectKey(json))
        case "Secret": json = withDecodedStrings(json.defaulting("type", "Opaque"))
        case "HorizontalPodAutoscaler": json["spec"] = json["spec"].defaulting("minReplicas", 1)
        default: break
        }
        return json
    }

    /// What a replacing object that does not say it keeps of the present one.
    static func kept(_ json: SimJSON, _ present: SimJSON, _ resource: APIResource) -> SimJSON {
        guard resource.kind == "Service" else { return json }
        var json = json
        for name in ["clusterIP", "clusterIPs"] where json["spec"][name].isNull {
            json["spec"][name] = present["spec"][name]
        }
        return json
    }

    /// The status a new object of a kind begins with.
    static func firstStatus(of kind: String) -> SimJSON {
        switch kind {
        case "Pod": ["phase": "Pending", "qosClass": "BestEffort"]
        case "ReplicaSet", "StatefulSet": ["replicas": 0]
        case "DaemonSet":
            [
                "currentNumberScheduled": 0, "numberMisscheduled": 0, "desiredNumberScheduled": 0, "numberReady": 0,
            ]
        case "Service", "Ingress": ["loadBalancer": .emptyObject]
        case "PodDisruptionBudget":
            ["disruptionsAllowed": 0, "currentHealthy": 0, "desiredHealthy": 0, "expectedPods": 0]
        case "HorizontalPodAutoscaler": ["desiredReplicas": 0, "currentMetrics": .null]
        default: .emptyObject
        }
    }

    private static func workload(_ spec: SimJSON, _ kind: String) -> SimJSON {
        var spec = spec
        if kind != "DaemonSet" { spec = spec.defaulting("replicas", 1) }
        spec["template"]["spec"] = podSpec(spec["template"]["spec"], isTemplate: true)
        switch kind {
        case "Deployment":
            spec = spec.defaulting("strategy", .emptyObject)
            spec["strategy"] = spec["strategy"].defaulting("type", "RollingUpdate")
            if spec["strategy"]["type"] == "RollingUpdate" {
                let rolling =
                    spec["strategy"]["rollingUpdate"].isNull ? .emptyObject : spec["strategy"]["rollingUpdate"]
                spec["strategy"]["rollingUpdate"] = rolling.defaulting("maxUnavailable", "25%")
                    .defaulting("maxSurge", "25%")
            }
            spec = spec.defaulting("revisionHistoryLimit", 10).defaulting("progressDeadlineSeconds", 600)
        case "StatefulSet":
            spec = spec.defaulting("podManagementPolicy", "OrderedReady").defaulting("updateStrategy", .emptyObject)
            spec["updateStrategy"] = spec["updateStrategy"].defaulting("type", "RollingUpdate")
            if spec["updateStrategy"]["type"] == "RollingUpdate" {
                let rolling = spec["updateStrategy"]["rollingUpdate"]
                spec["updateStrategy"]["rollingUpdate"] =
                    (rolling.isNull ? .emptyObject : rolling).defaulting("partition", 0)
            }
            spec = spec.defaulting("revisionHistoryLimit", 10)
        case "DaemonSet":
            spec = spec.defaulting("updateStrategy", .emptyObject)
            spec["updateStrategy"] = spec["updateStrategy"].defaulting("type", "RollingUpdate")
            if spec["updateStrategy"]["type"] == "RollingUpdate" {
                let rolling = spec["updateStrategy"]["rollingUpdate"]
                spec["updateStrategy"]["rollingUpdate"] =
                    (rolling.isNull ? .emptyObject : rolling).defaulting("maxUnavailable", 1).defaulting("maxSurge", 0)
            }
            spec = spec.defaulting("revisionHistoryLimit", 10)
        default: break
        }
        return spec
    }

    private static func job(_ json: SimJSON) -> SimJSON {
        var json = json
        var spec = json["spec"]
        spec = spec.defaulting("parallelism", 1).defaulting("completions", 1).defaulting("backoffLimit", 6)
        spec["template"]["spec"] = podSpec(spec["template"]["spec"], isTemplate: true)
        spec = spec.defaulting("manualSelector", false).defaulting("completionMode", "NonIndexed")
        spec = spec.defaulting("suspend", false).defaulting("podReplacementPolicy", "TerminatingOrFailed")
        json["spec"] = spec
        return json
    }

    /// The labels and the selector by which a job finds its pods; they carry the job's own uid.
    static func withControllerLabels(_ json: SimJSON) -> SimJSON {
        guard json["spec"]["manualSelector"].boolValue != true, json["spec"]["selector"].isNull else { return json }
        var json = json
        let (uid, name) = (json["metadata"]["uid"], json["metadata"]["name"])
        let labels: [(String, SimJSON)] = [
            ("batch.kubernetes.io/controller-uid", uid), ("batch.kubernetes.io/job-name", name),
            ("controller-uid", uid), ("job-name", name),
        ]
        for (key, value) in labels {
            json["spec"]["template"]["metadata"]["labels"][key] = value
            if json["metadata"]["labels"][key].isNull { json["metadata"]["labels"][key] = value }
        }
        json["spec"]["selector"] = ["matchLabels": ["batch.kubernetes.io/controller-uid": uid]]
        return json.metadataOrdered
    }

    private static func cronJob(_ spec: SimJSON) -> SimJSON {
        var spec = spec.defaulting("concurrencyPolicy", "Allow").defaulting("suspend", false)
        let template = spec.at("jobTemplate", "spec", "template", "spec")
        spec.set(podSpec(template, isTemplate: true), at: ["jobTemplate", "spec", "template", "spec"])
        return spec.defaulting("successfulJobsHistoryLimit", 3).defaulting("failedJobsHistoryLimit", 1)
    }

    private static func service(_ spec: SimJSON, name: ObjectKey) -> SimJSON {
        var spec = spec.defaulting("type", "ClusterIP").defaulting("sessionAffinity", "None")
        spec["ports"] = .array(
            spec["ports"].items.map { port in
                port.defaulting("protocol", "TCP").defaulting("targetPort", port["port"])
            })
        if spec["clusterIP"].isNull, spec["type"] != "ExternalName" {
            let hash = StableHash.of("\(name.namespace)/\(name.name)")
            spec["clusterIP"] = .string("10.96.\(hash % 250 + 1).\(hash / 251 % 250 + 1)")
        }
        if spec["clusterIPs"].isNull, !spec["clusterIP"].isNull { spec["clusterIPs"] = [spec["clusterIP"]] }
        return spec.defaulting("ipFamilies", ["IPv4"]).defaulting("ipFamilyPolicy", "SingleStack")
            .defaulting("internalTrafficPolicy", "Cluster")
    }

    private static func withDecodedStrings(_ json: SimJSON) -> SimJSON {
        guard !json["stringData"].isNull else { return json }
        var json = json
        for member in json["stringData"].members {
            json["data"][member.key] = .string(Self.base64(Array((member.value.stringValue ?? "").utf8)))
        }
        json["stringData"] = .null
        return json
    }
}

extension SimJSON {
    /// The object with a member set where it has none.
    func defaulting(_ key: String, _ value: SimJSON) -> SimJSON {
        guard self[key].isNull else { return self }
        var json = self
        json[key] = value
        return json
    }
}
