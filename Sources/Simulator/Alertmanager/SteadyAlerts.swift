import Foundation

/// The alerts that always fire at Lanternpay, as some always do everywhere.
enum SteadyAlerts {
    private struct Row: Sendable {
        var name: String
        var severity: String
        var cluster: String
        var namespace: String
        var labels: [String: String] = [:]
        var podOf: String? = nil
        var summary: String
        var description: String
        var hours: Double
    }

    /// The company's steady alerts, each begun some hours before `moment`.
    static func of(_ company: Company, at moment: Date) -> [SimAlert] {
        rows.map { row in
            let team = CompanyTable.namespaces.first { $0.name == row.namespace }?.team ?? "platform"
            return alert(
                row.name, severity: row.severity, cluster: row.cluster, namespace: row.namespace, team: team,
                labels: row.labels, podOf: row.podOf, summary: row.summary, description: row.description,
                startsAt: moment.addingTimeInterval(-row.hours * 3600))
        }
    }

    /// One alert with the labels and annotations that every alert of the company has.
    static func alert(
        _ name: String, severity: String, cluster: String, namespace: String, team: String,
        labels: [String: String] = [:],
        podOf: String? = nil, summary: String, description: String, startsAt: Date
    ) -> SimAlert {
        let common = [
            "alertname": name, "severity": severity, "cluster": cluster, "namespace": namespace, "team": team,
            "prometheus": "monitoring/prometheus",
        ]
        return SimAlert(
            labels: common.merging(labels) { _, own in own },
            annotations: [
                "summary": summary, "description": description,
                "runbook_url": "https://runbooks.lanternpay.example/\(name.lowercased())",
            ],
            startsAt: startsAt, podOf: podOf)
    }

    private static let rows: [Row] = [
        Row(
            name: "Watchdog", severity: "none", cluster: "sandbox", namespace: "monitoring",
            summary: "The alerting pipeline works.",
            description: "This alert always fires. When it stops, the pipeline is broken.", hours: 300),
        Row(
            name: "Watchdog", severity: "none", cluster: "production", namespace: "monitoring",
            summary: "The alerting pipeline works.",
            description: "This alert always fires. When it stops, the pipeline is broken.", hours: 420),
        Row(
            name: "KubePodCrashLooping", severity: "warning", cluster: "sandbox", namespace: "notifications",
            labels: ["container": "sms-bridge", "deployment": "sms-bridge", "reason": "CrashLoopBackOff"],
            podOf: "sms-bridge",
            summary: "Pod is crash looping.",
            description: "Container sms-bridge restarts again and again (CrashLoopBackOff).",
            hours: 7),
        Row(
            name: "KubeContainerWaiting", severity: "warning", cluster: "sandbox", namespace: "checkout",
            labels: ["container": "checkout-preview", "deployment": "checkout-preview", "reason": "ImagePullBackOff"],
            summary: "Container waits for longer than an hour.",
            description: "checkout-preview waits: its image cannot be pulled.", hours: 26),
        Row(
            name: "KubeJobNotCompleted", severity: "info", cluster: "sandbox", namespace: "fraud",
            labels: ["job_name": "model-trainer"], summary: "Job did not complete in time.",
            description: "model-trainer has been waiting for a node with enough memory.", hours: 13),
        Row(
            name: "ContainerOOMKilled", severity: "warning", cluster: "production", namespace: "fraud",
            labels: ["container": "fraud-scorer", "deployment": "fraud-scorer"], podOf: "fraud-scorer",
            summary: "Container was killed for memory.",
            description: "fraud-scorer needed more than its limit of 2 GiB.", hours: 2),
        Row(
            name: "KubeHpaMaxedOut", severity: "warning", cluster: "production", namespace: "checkout",
            labels: ["horizontalpodautoscaler": "checkout-web", "deployment": "checkout-web"],
            summary: "Autoscaler runs at its upper bound.",
            description: "checkout-web has been at 30 replicas for 15 minutes.",
            hours: 0.6),
        Row(
            name: "CertificateExpiresSoon", severity: "warning", cluster: "production", namespace: "platform",
            labels: ["name": "gateway-tls"], summary: "Certificate expires within 14 days.",
            description: "gateway-tls was not renewed: the ACME order waits for DNS.", hours: 31),
        Row(
            name: "PersistentVolumeFillingUp", severity: "critical", cluster: "production", namespace: "ledger",
            labels: ["persistentvolumeclaim": "data-event-log-2", "statefulset": "event-log"],
            summary: "Volume will be full within four hours.", description: "data-event-log-2 has 3.1 % left.",
            hours: 0.3),
        Row(
            name: "PersistentVolumeFillingUp", severity: "warning", cluster: "production", namespace: "ledger",
            labels: ["persistentvolumeclaim": "data-event-log-2", "statefulset": "event-log"],
            summary: "Volume will be full within four days.", description: "data-event-log-2 has 3.1 % left.", hours: 40
        ),
    ]
}
