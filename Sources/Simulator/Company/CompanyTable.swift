/// What Lanternpay runs, a row a workload; `CompanyBuilder` makes clusters of it.
enum CompanyTable {
    struct Row: Sendable {
        var namespace: String
        var name: String
        var kind: SimWorkload.Kind = .deployment
        var sandbox: Int
        var production: Int
        var profile: LogProfile
        var sidecars: [String] = []
        var initial: String? = nil
        var port: Int? = nil
        var host: Bool = false
        var volumeGiB: Int? = nil
        var autoscale: ClosedRange<Int>? = nil
        /// Bounds in sandbox, where few are watched.
        var sandboxAutoscale: ClosedRange<Int>? = nil
        /// Its disruption budget spares no pod.
        var isIndispensable = false
        var schedule: String? = nil
        /// Image of something bought or taken from elsewhere; nil means built here.
        var vendor: String? = nil
        var memoryMiB = 256
        /// What is odd, and in which cluster (nil: in both).
        var oddity: (SimWorkload.Oddity, String?) = (.none, nil)
    }

    /// Namespace and the team that owns it.
    static let namespaces: [(name: String, team: String)] = [
        ("default", "platform"), ("kube-system", "platform"), ("platform", "platform"), ("payments", "payments"),
        ("ledger", "ledger"), ("checkout", "checkout"), ("fraud", "risk"), ("notifications", "engagement"),
        ("merchants", "merchants"), ("data", "data"), ("monitoring", "observability"), ("logging", "observability"),
        ("ci", "platform"),
    ]

    static let people: [SimPerson] = [
        SimPerson(name: "Ada Lantern", login: "ada", team: "platform"),
        SimPerson(name: "Bo Wick", login: "bo", team: "payments"),
        SimPerson(name: "Cleo Tallow", login: "cleo", team: "ledger"),
        SimPerson(name: "Dov Ember", login: "dov", team: "checkout"),
        SimPerson(name: "Esra Beacon", login: "esra", team: "risk"),
        SimPerson(name: "Finn Glow", login: "finn", team: "engagement"),
        SimPerson(name: "Gry Spark", login: "gry", team: "observability"),
        SimPerson(name: "晴 Torch", login: "haru", team: "data"),
        SimPerson(name: "Io Candle", login: "io", team: "merchants"),
    ]

    static let rows: [Row] = [
        // kube-system
        Row(
            namespace: "kube-system", name: "coredns", sandbox: 2, production: 3, profile: .klog, port: 53,
            vendor: "registry.k8s.io/coredns/coredns:v1.11.3", memoryMiB: 70),
        Row(
            namespace: "kube-system", name: "kube-proxy", kind: .daemonSet, sandbox: 1, production: 1, profile: .klog,
            vendor: "registry.k8s.io/kube-proxy:v1.31.4", memoryMiB: 64),
        Row(
            namespace: "kube-system", name: "cni-node", kind: .daemonSet, sandbox: 1, production: 1, profile: .klog,
            initial: "install-cni", vendor: "quay.example/net/cni-node:v3.28.1", memoryMiB: 160),
        Row(
            namespace: "kube-system", name: "metrics-server", sandbox: 1, production: 2, profile: .klog, port: 443,
            vendor: "registry.k8s.io/metrics-server/metrics-server:v0.7.2", memoryMiB: 200),
        Row(
            namespace: "kube-system", name: "csi-controller", sandbox: 1, production: 2, profile: .klog,
            sidecars: ["csi-provisioner", "csi-attacher"], vendor: "registry.k8s.io/sig-storage/csi-driver:v1.9.0",
            memoryMiB: 128),
        // platform
        Row(
            namespace: "platform", name: "ingress-nginx-controller", sandbox: 2, production: 4, profile: .access,
            port: 443, vendor: "registry.k8s.io/ingress-nginx/controller:v1.11.2", memoryMiB: 512),
        Row(
            namespace: "platform", name: "cert-manager", sandbox: 1, production: 2, profile: .klog, port: 9402,
            vendor: "quay.example/jetstack/cert-manager-controller:v1.15.3"),
        Row(
            namespace: "platform", name: "external-dns", sandbox: 1, production: 1, profile: .logfmt,
            vendor: "registry.k8s.io/external-dns/external-dns:v0.15.0"),
        Row(
            namespace: "platform", name: "gateway", sandbox: 2, production: 6, profile: .access, sidecars: ["envoy"],
            port: 8080, host: true, autoscale: 4...12),
        Row(namespace: "platform", name: "feature-flags", sandbox: 1, production: 3, profile: .json, port: 8080),
        Row(
            namespace: "platform", name: "session-cache", kind: .statefulSet, sandbox: 1, production: 3,
            profile: .quiet, port: 6379, volumeGiB: 8, vendor: "docker.example/library/redis:7.2.5", memoryMiB: 1024),
        Row(
            namespace: "platform", name: "config-backup", kind: .cronJob, sandbox: 1, production: 1, profile: .batch,
            schedule: "*/30 * * * *"),
        // payments
        Row(
            namespace: "payments", name: "payments-api", sandbox: 3, production: 8, profile: .json, sidecars: ["envoy"],
            initial: "migrate", port: 8080, host: true, autoscale: 6...20, memoryMiB: 512),
        Row(namespace: "payments", name: "payments-worker", sandbox: 2, production: 6, profile: .json, memoryMiB: 512),
        Row(namespace: "payments", name: "card-vault", sandbox: 2, production: 4, profile: .logfmt, port: 8443),
        Row(
            namespace: "payments", name: "payouts", sandbox: 2, production: 4, profile: .java, port: 8080,
            memoryMiB: 1024),
        Row(
            namespace: "payments", name: "refunds", sandbox: 1, production: 3, profile: .java, port: 8080,
            memoryMiB: 1024),
        Row(
            namespace: "payments", name: "payments-db", kind: .statefulSet, sandbox: 1, production: 3,
            profile: .postgres, sidecars: ["exporter"], port: 5432, volumeGiB: 200,
            vendor: "docker.example/library/postgres:16.4", memoryMiB: 4096),
        Row(
            namespace: "payments", name: "settlement", kind: .cronJob, sandbox: 1, production: 1, profile: .batch,
            schedule: "*/15 * * * *"),
        Row(
            namespace: "payments", name: "schema-migration-214", kind: .job, sandbox: 1, production: 1, profile: .batch),
        // ledger
        Row(
            namespace: "ledger", name: "ledger-core", sandbox: 2, production: 6, profile: .java, port: 9000,
            memoryMiB: 2048),
        Row(
            namespace: "ledger", name: "ledger-query", sandbox: 2, production: 4, profile: .java, port: 9000,
            memoryMiB: 1024),
        Row(
            namespace: "ledger", name: "ledger-db", kind: .statefulSet, sandbox: 1, production: 3, profile: .postgres,
            sidecars: ["exporter"], port: 5432, volumeGiB: 500, isIndispensable: true,
            vendor: "docker.example/library/postgres:16.4",
            memoryMiB: 8192),
        Row(
            namespace: "ledger", name: "event-log", kind: .statefulSet, sandbox: 3, production: 5, profile: .java,
            port: 9092, volumeGiB: 100, vendor: "docker.example/apache/kafka:3.8.0", memoryMiB: 4096),
        Row(
            namespace: "ledger", name: "reconciliation", kind: .cronJob, sandbox: 1, production: 1, profile: .batch,
            schedule: "0 * * * *"),
        // checkout
        Row(
            namespace: "checkout", name: "checkout-web", sandbox: 3, production: 10, profile: .access, port: 3000,
            host: true, autoscale: 8...30, sandboxAutoscale: 2...6),
        Row(
            namespace: "checkout", name: "checkout-api", sandbox: 3, production: 8, profile: .json, sidecars: ["envoy"],
            port: 8080, host: true, autoscale: 6...24),
        Row(namespace: "checkout", name: "basket", sandbox: 2, production: 6, profile: .logfmt, port: 8080),
        Row(
            namespace: "checkout", name: "pricing", sandbox: 2, production: 4, profile: .colour, port: 8080,
            oddity: (.slowStart, nil)),
        Row(namespace: "checkout", name: "shipping-quotes", sandbox: 1, production: 3, profile: .python, port: 8000),
        Row(namespace: "checkout", name: "tax-rules", sandbox: 1, production: 2, profile: .rude, port: 8080),
        Row(
            namespace: "checkout", name: "checkout-preview", sandbox: 1, production: 0, profile: .colour, port: 3000,
            oddity: (.imageMissing, "sandbox")),
        // fraud
        Row(
            namespace: "fraud", name: "fraud-scorer", sandbox: 2, production: 8, profile: .python, port: 8000,
            memoryMiB: 2048, oddity: (.outOfMemory, "production")),
        Row(namespace: "fraud", name: "fraud-rules", sandbox: 1, production: 4, profile: .json, port: 8080),
        Row(
            namespace: "fraud", name: "device-graph", kind: .statefulSet, sandbox: 1, production: 3, profile: .java,
            port: 7687, volumeGiB: 80, memoryMiB: 4096),
        Row(
            namespace: "fraud", name: "model-trainer", kind: .job, sandbox: 1, production: 1, profile: .batch,
            memoryMiB: 3072, oddity: (.unschedulable, "sandbox")),
        Row(
            namespace: "fraud", name: "sanctions-sync", kind: .cronJob, sandbox: 1, production: 1, profile: .batch,
            schedule: "*/20 * * * *"),
        // notifications
        Row(namespace: "notifications", name: "mailer", sandbox: 2, production: 4, profile: .worldly, port: 8080),
        Row(namespace: "notifications", name: "push", sandbox: 1, production: 4, profile: .json, port: 8080),
        Row(
            namespace: "notifications", name: "sms-bridge", sandbox: 1, production: 2, profile: .rude, port: 8080,
            oddity: (.crashLoop, "sandbox")),
        Row(namespace: "notifications", name: "templates", sandbox: 1, production: 2, profile: .worldly, port: 8080),
        Row(
            namespace: "notifications", name: "digest", kind: .cronJob, sandbox: 1, production: 1, profile: .batch,
            schedule: "*/10 * * * *"),
        // merchants
        Row(
            namespace: "merchants", name: "merchant-portal", sandbox: 2, production: 6, profile: .access, port: 3000,
            host: true),
        Row(
            namespace: "merchants", name: "merchant-api", sandbox: 2, production: 6, profile: .json, port: 8080,
            autoscale: 4...12),
        Row(namespace: "merchants", name: "onboarding", sandbox: 2, production: 3, profile: .python, port: 8000),
        Row(
            namespace: "merchants", name: "statements", sandbox: 1, production: 3, profile: .java, port: 8080,
            memoryMiB: 1024),
        Row(
            namespace: "merchants", name: "kyc-documents", sandbox: 1, production: 2, profile: .worldly,
            initial: "wait-for-vault", port: 8080, oddity: (.initStuck, "sandbox")),
        // data
        Row(namespace: "data", name: "warehouse-loader", sandbox: 1, production: 4, profile: .python, memoryMiB: 2048),
        Row(
            namespace: "data", name: "stream-enricher", sandbox: 2, production: 6, profile: .java, memoryMiB: 2048,
            oddity: (.slowToEnd, nil)),
        Row(namespace: "data", name: "reports-api", sandbox: 1, production: 3, profile: .json, port: 8080),
        Row(
            namespace: "data", name: "notebooks", kind: .statefulSet, sandbox: 2, production: 2, profile: .python,
            port: 8888, volumeGiB: 50, memoryMiB: 4096),
        Row(
            namespace: "data", name: "nightly-export", kind: .cronJob, sandbox: 1, production: 1, profile: .batch,
            schedule: "0 2 * * *"),
        // monitoring
        Row(
            namespace: "monitoring", name: "prometheus", kind: .statefulSet, sandbox: 1, production: 2,
            profile: .logfmt, sidecars: ["config-reloader"], port: 9090, volumeGiB: 100,
            vendor: "quay.example/prometheus/prometheus:v2.54.1", memoryMiB: 4096),
        Row(
            namespace: "monitoring", name: "alertmanager", kind: .statefulSet, sandbox: 1, production: 3,
            profile: .logfmt, port: 9093, volumeGiB: 2, vendor: "quay.example/prometheus/alertmanager:v0.27.0"),
        Row(
            namespace: "monitoring", name: "grafana", sandbox: 1, production: 2, profile: .logfmt, port: 3000,
            host: true, vendor: "docker.example/grafana/grafana:11.2.0", memoryMiB: 512),
        Row(
            namespace: "monitoring", name: "node-exporter", kind: .daemonSet, sandbox: 1, production: 1,
            profile: .quiet, port: 9100, vendor: "quay.example/prometheus/node-exporter:v1.8.2", memoryMiB: 64),
        Row(
            namespace: "monitoring", name: "kube-state-metrics", sandbox: 1, production: 1, profile: .klog, port: 8080,
            vendor: "registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.13.0"),
        // logging
        Row(
            namespace: "logging", name: "fluentd", kind: .daemonSet, sandbox: 1, production: 1, profile: .colour,
            port: 24220, vendor: "docker.example/fluent/fluentd-kubernetes:v1.17", memoryMiB: 512),
        Row(
            namespace: "logging", name: "elasticsearch", kind: .statefulSet, sandbox: 2, production: 3, profile: .json,
            initial: "sysctl", port: 9200, volumeGiB: 300, vendor: "docker.example/elastic/elasticsearch:8.15.1",
            memoryMiB: 8192),
        Row(
            namespace: "logging", name: "kibana", sandbox: 1, production: 1, profile: .json, port: 5601, host: true,
            vendor: "docker.example/elastic/kibana:8.15.1", memoryMiB: 1024),
        // ci
        Row(
            namespace: "ci", name: "jenkins", kind: .statefulSet, sandbox: 1, production: 0, profile: .java, port: 8080,
            host: true, volumeGiB: 100, vendor: "docker.example/jenkins/jenkins:2.462.2-lts", memoryMiB: 4096),
        Row(
            namespace: "ci", name: "jenkins-agent", sandbox: 2, production: 0, profile: .java,
            vendor: "docker.example/jenkins/inbound-agent:3261", memoryMiB: 1024),
        Row(
            namespace: "ci", name: "sonarqube", kind: .statefulSet, sandbox: 1, production: 0, profile: .java,
            port: 9000, volumeGiB: 20, vendor: "docker.example/library/sonarqube:10.6", memoryMiB: 4096,
            oddity: (.notReady, nil)),
        Row(
            namespace: "ci", name: "registry", sandbox: 1, production: 1, profile: .logfmt, port: 5000, volumeGiB: 500,
            vendor: "docker.example/library/registry:2.8.3"),
        // default
        Row(
            namespace: "default", name: "netshoot", kind: .pod, sandbox: 1, production: 0, profile: .quiet,
            vendor: "docker.example/nicolaka/netshoot:v0.13"),
    ]
}
